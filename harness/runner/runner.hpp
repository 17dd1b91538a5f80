#pragma once
/// Runs a plan: many cases side by side on one clock, each with users of its own, at most `jobs` at a time. Those that need
/// the SUT for themselves get one of their own, before the others if they are a load; else they run at the end, one by one.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runner/running_case.hpp"
#include "sim/later.hpp"

namespace tollgate {

struct RunnerOptions {
  std::size_t jobs = 256;
  Duration stagger{};         ///< from one start to the next: all at once would be a load that the timing cases feel
  std::size_t max_fail = 0;   ///< stop after so many fails; 0 never
  bool until_fail = false;    ///< stop after the first one
  Duration deadline{};        ///< of the whole run, by its clock; zero for none
  std::function<bool()> is_time_up = nullptr;  ///< asked between any two events: a deadline by another clock, where the run's is simulated
  Duration guard = 300s;  ///< of one case
  std::uint64_t seed = 1;
  bool leaves_alone = false;  ///< those that need the SUT for themselves
};

/// A case while it runs, for people who watch.
struct UnderWay {
  std::size_t index = 0;  ///< into the plan
  std::string waits_for;  ///< "alice: INVITE within 2.0 s"; never ""
  Duration since{};  ///< its start
  trace::Trace const* trace = nullptr;  ///< up to now, for the length of the call; null before its SUT is ready
};

class Runner {
 public:
  struct Listener {
    std::function<void(CaseResult&)> finished;  ///< its verdict is there; may still change it
    /// Before that, when its findings are there: for slow work on this result alone, done beside everything else. Throws
    /// nothing.
    std::function<void(std::size_t index, CaseResult const&)> judged = nullptr;
    /// What runs, the longest first, every half second. For wall time alone: where time is simulated it takes part in it.
    std::function<void(std::span<UnderWay const>)> under_way = nullptr;
  };

  /// `results[i]` belongs to `plan[i]`; those with verdict `na` are left alone.
  Runner(World& world, std::span<Case const* const> plan, std::span<CaseResult> results, rules::Terms terms, RunnerOptions options,
         Listener listener);
  ~Runner();

  /// How a case that runs alone gets a world of its own. Before `run`.
  void gives_own_worlds(std::function<World*(Case const&)> own_world);

  /// Returns when every case has a verdict or nothing more can happen; when interrupted, what has no verdict keeps
  /// "incomplete".
  void run();

  /// The SUT that cases share is gone: those that run there fail, the rest becomes inconclusive.
  void sut_ended(std::string const& how);
  /// The SUT of that world is gone, but no other case needs it, or it starts anew with the next: what runs there fails.
  void sut_ended_in_a_case(World const& world, std::string const& how);
  /// It had been doubted, and answers: what waited begins.
  void sut_lives();
  [[nodiscard]] bool deadline_passed() const { return deadline_passed_; }

 private:
  /// The loads that have worlds of their own, then all others, then those that wait until nothing else runs.
  void put_in_order();
  [[nodiscard]] bool has_own_world(Case const& one) const { return one.alone && own_world_ != nullptr; }
  /// Nothing else runs beside it in its world.
  [[nodiscard]] bool has_the_sut(std::size_t index) const;
  [[nodiscard]] bool may_start(std::size_t next) const;
  void start(std::size_t index);
  void start_more();
  void wait_to_start();
  /// Shows what is under way, now and then.
  void show();
  void finished(std::size_t index);
  void plays_again(std::size_t index);
  /// What failed beside others has failed by itself as well, several times: it is the SUT's way.
  [[nodiscard]] bool is_of_the_sut() const;
  /// Of a case that is to be played again by itself: its first result stands where that has helped none of several.
  [[nodiscard]] bool stands(std::size_t index);
  /// The same, whatever has helped; false where the case has no such result.
  [[nodiscard]] bool restores(std::size_t index);
  /// What becomes of a case that does not start any more, or is not played again.
  struct Closing {
    Verdict verdict{};
    std::string reason, because;
    bool is_end_of_sut = false;  ///< else what others may have held up says nothing of it
  };
  void close_rest(Closing const& how);
  /// The next case that would have started; false when there is none.
  bool close_next(Closing const& how);

  World& world_;
  std::span<Case const* const> plan_;
  std::span<CaseResult> results_;
  rules::Terms terms_;
  RunnerOptions options_;
  Listener listener_;
  std::function<World*(Case const&)> own_world_;
  std::map<std::size_t, std::unique_ptr<RunningCase>> running_;
  std::vector<std::size_t> order_;  ///< indices into the plan, as they start
  std::size_t next_ = 0;  ///< into `order_`
  std::map<std::size_t, CaseResult> held_up_;  ///< first results of cases that are played again by themselves, as nobody holds them up
  unsigned held_up_in_vain_ = 0;  ///< so many of them have failed again
  bool was_held_up_ = false;  ///< one has passed
  std::size_t fails_ = 0;
  Instant next_start_{};
  TimerId start_timer_, show_timer_;
  bool is_waiting_ = false;
  bool deadline_passed_ = false;
  std::optional<Closing> closing_;  ///< nothing starts or is played again from then on
  Later later_;
};

}  // namespace tollgate
