#pragma once
/// One case while it runs: its bed, its coroutine, its guard. The only place that turns what a case throws into a verdict.
#include <functional>

#include "rules/rule.hpp"
#include "runner/bed.hpp"
#include "runner/case.hpp"

namespace tollgate {

class RunningCase {
 public:
  /// `on_finished` is called once, on the clock's thread, after the result is complete.
  RunningCase(World& world, Case const& what, CaseResult& result, rules::Terms const& terms, Random random, Duration guard,
              std::function<void()> on_finished);
  ~RunningCase();

  void start();
  /// Ends it from outside: the SUT died, the deadline passed.
  void stop(Verdict verdict, std::string reason, std::string because);

 private:
  [[nodiscard]] Task<void> body();
  /// What a step threw: nothing of ours that was late may be charged to the SUT, and nothing that a dead one misses.
  [[nodiscard]] Task<void> stopped(CaseStopped why);
  void conclude(CaseStopped const& stopped);
  void finish();

  World& world_;
  Case const& case_;
  CaseResult& result_;
  rules::Terms const& terms_;
  Duration guard_;
  std::function<void()> on_finished_;
  TimerId guard_timer_;
  Finding own_;
  bool finished_ = false;
  bool is_cut_off_ = false;  ///< ended from outside, not by its steps
  Bed bed_;
  TaskScope scope_;
};

}  // namespace tollgate
