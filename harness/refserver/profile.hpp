#pragma once
/// Which legal reading of the twelve steps the reference server follows (test purposes, section 3).
#include <cstdint>
#include <optional>
#include <string>

namespace tollgate::refserver {

/// D: when the debit is requested.
enum class Debit : std::uint8_t { first, each, all, pre };
/// C: initial and one termination; with updates; or a separate event with direct debiting.
enum class Credit : std::uint8_t { ecur, ecuru, split };
/// U: every transmitted message counts, only those answered 200, or one a debit.
enum class Units : std::uint8_t { sent, ok, flat };
/// G: may the BYE precede the debit answer.
enum class Release : std::uint8_t { loose, strict };

struct Profile {
  Debit debit = Debit::first;
  Credit credit = Credit::ecur;
  Units units = Units::sent;
  Release release = Release::loose;
  bool reserves_always = false;  ///< R-EVERY: step 3 follows every registration, also when nothing waits
  bool fails_open = false;  ///< X-OPEN: Credit-Control-Failure-Handling is CONTINUE unless an answer says otherwise

  [[nodiscard]] bool operator==(Profile const&) const = default;
};

/// Why these choices contradict each other; nothing if they do not.
[[nodiscard]] std::optional<std::string> contradiction(Profile const& profile);

}  // namespace tollgate::refserver
