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

/// Q: asks for as many units as messages are stored, for one, or for all and then uses more than it is granted.
enum class Quota : std::uint8_t { count, any, soft };

struct Profile {
  Debit debit = Debit::first;
  Credit credit = Credit::ecur;
  Units units = Units::sent;
  Release release = Release::loose;
  Quota quota = Quota::count;
  bool reserves_always = false;  ///< R-EVERY: step 3 follows every registration, also when nothing waits
  bool fails_open = false;  ///< X-OPEN: Credit-Control-Failure-Handling is CONTINUE unless an answer says otherwise

  bool takes_unknown_success = false;  ///< X-TABLE3: a 2xxx that no text names is a success (RFC 8506 Table 3; RFC 6733 7.1)
  bool debits_unlimited = false;       ///< X-4011-DEBIT: what 4011 leaves free is debited all the same, in a session of its own
  bool legacy_setup = false;           ///< S-LEGACY: offers no a=setup and connects (RFC 4975 5.4 without RFC 6135)
  bool sends_plain = false;            ///< M-PLAIN: wraps nothing in message/cpim that the user takes as it is
  bool names_of_rcs = false;           ///< F-RCS: the INVITE comes from rcse-standfw, referred by the sender

  [[nodiscard]] bool operator==(Profile const&) const = default;
};

/// Why these choices contradict each other; nothing if they do not.
[[nodiscard]] std::optional<std::string> contradiction(Profile const& profile);

}  // namespace tollgate::refserver
