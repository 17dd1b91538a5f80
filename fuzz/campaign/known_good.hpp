#pragma once
/// Whether a server still does what it did before the campaign: a flow without any change, played now and then. A server may answer
/// OPTIONS and DWR, and yet push nothing any more.
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/campaign/arena.hpp"

namespace tollgate::fuzz {

class KnownGood {
 public:
  /// The name of a flow that passes by itself on a fresh server.
  explicit KnownGood(std::string base) : base_(std::move(base)) {}

  /// A minute of looking at most, mostly some tenths of a second: the flow is played, up to three times, with nothing beside it from the
  /// second time on. A hang where none of them passes although the server answers, has users and a CH-2 connection.
  [[nodiscard]] std::optional<Problem> fails(Arena& arena) const;

 private:
  std::string base_;
};

/// Of its bucket: "push"; "" where it is another one.
[[nodiscard]] std::string known_good_of(std::string_view bucket);

}  // namespace tollgate::fuzz
