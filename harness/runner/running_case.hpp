#pragma once
/// One case while it runs: its bed, its coroutine, its guard. The only place that turns what a case throws into a verdict.
#include <functional>
#include <memory>

#include "rules/rule.hpp"
#include "runner/bed.hpp"
#include "runner/case.hpp"

namespace tollgate {

class RunningCase {
 public:
  struct Listener {
    std::function<void(CaseResult const&)> judged;  ///< beside everything else, when the findings are there; may be empty
    std::function<void()> finished;                 ///< once, on the clock's thread, after the result is complete
    bool is_beside_others = false;                  ///< who may hold it up
  };
  RunningCase(World& world, Case const& what, CaseResult& result, rules::Terms const& terms, Random random, Duration guard,
              Listener listener);
  ~RunningCase();

  void start();
  /// Ends it from outside: the SUT died, the deadline passed.
  void stop(Verdict verdict, std::string reason, std::string because);
  [[nodiscard]] World const& world() const { return world_; }
  /// What it waits for; never "".
  [[nodiscard]] std::string waits_for() const;
  /// Messages of ours are still to go out, which a change has made late.
  [[nodiscard]] bool has_late_departures() const { return bed_ && bed_->recorder().has_late_departures(); }
  /// What it has recorded; null before its SUT is ready.
  [[nodiscard]] trace::Trace const* trace() const { return bed_ ? &bed_->recorder().trace() : nullptr; }

 private:
  [[nodiscard]] Task<void> body();
  /// What a step threw: nothing of ours that was late may be charged to the SUT, and nothing that a dead one misses.
  [[nodiscard]] Task<void> stopped(CaseStopped why);
  [[nodiscard]] Task<void> wind_up();
  /// A stimulus that was not the case's says nothing of the SUT.
  void blames_sipp();
  void conclude(CaseStopped const& stopped);
  /// Takes what it has recorded to the monitors, which see the whole of it and take their time.
  void finish();

  World& world_;
  Case const& case_;
  CaseResult& result_;
  rules::Terms const& terms_;
  Duration guard_;
  Listener listener_;
  TimerId guard_timer_;
  Finding own_;
  bool finished_ = false;
  bool has_lost_sut_ = false;  ///< which ended while it ran
  bool has_missed_ = false;  ///< it failed for something that did not come then, or behind that
  bool is_cut_off_ = false;  ///< ended before all that it had begun has
  Random random_;
  std::unique_ptr<Bed> bed_;  ///< once its SUT is ready
  TaskScope scope_;
};

}  // namespace tollgate
