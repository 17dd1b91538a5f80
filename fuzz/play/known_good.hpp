#pragma once
/// Whether a server still does what it did before the campaign: a flow without any change, played now and then. A server may answer
/// OPTIONS and DWR, and yet push nothing any more.
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/play/arena.hpp"
#include "fuzz/script/generate.hpp"

namespace tollgate::fuzz {

class KnownGood {
 public:
  /// What we send in a flow that passes by itself on a fresh server.
  explicit KnownGood(FlowProfile expected) : expected_(std::move(expected)) {}
  /// The same by playing it there; nothing where it does not pass.
  [[nodiscard]] static std::optional<KnownGood> learnt(Arena& arena, std::string const& base);
  /// As it passed there; nothing where it was not learnt.
  [[nodiscard]] std::optional<Played> const& played() const { return played_; }

  /// A minute of looking at most, mostly some tenths of a second: the flow is played, up to three times, with nothing beside it from the
  /// second time on. A hang where none of them passes, and comes as far as it did on a fresh server, although this one answers, has users
  /// and a CH-2 connection.
  [[nodiscard]] std::optional<Problem> fails(Arena& arena) const;

 private:
  /// Why it does not pass; "" where it does.
  [[nodiscard]] std::string does_not_pass(Arena& arena) const;

  FlowProfile expected_;
  std::optional<Played> played_;
};

/// Of its bucket: "push"; "" where it is another one.
[[nodiscard]] std::string known_good_of(std::string_view bucket);

}  // namespace tollgate::fuzz
