#pragma once
/// The findings of a campaign among the cases of a run. Each is played on servers of its own, as `tollgate repro` does it: that a
/// server ends, hangs or leaks is seen of nothing that other cases share.
#include <vector>

#include "fuzz/finding/regression.hpp"
#include "runner/sut_file.hpp"
#include "sim/wall_clock.hpp"
#include "transport/sockets.hpp"

namespace tollgate::cli {

/// Puts the findings behind all other cases, in the order in which they are; how many others there are.
std::size_t findings_last(std::vector<Case const*>& plan);

class FindingPlays {
 public:
  /// `sut` as a campaign would have it: see `as_fuzzed`.
  explicit FindingPlays(SutFile sut) : sut_(std::move(sut)) {}

  /// Until it shows, on a fresh server each time, so often at most as `plays_most` of regression.hpp says, and no longer than that.
  /// Where that time is over, or the run was interrupted, `result` stays as it is.
  void play(fuzz::Regression const& what, CaseResult& result, Instant until);
  [[nodiscard]] WallClock const& clock() const { return clock_; }

 private:
  SutFile sut_;
  WallClock clock_;
  SocketNetwork network_{clock_};
};

}  // namespace tollgate::cli
