#pragma once
/// Runs a plan: many cases side by side on one clock, each with users of its own, at most `jobs` at a time; then one after the
/// other those that run alone.
#include <functional>
#include <map>
#include <memory>
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
  Duration deadline{};        ///< of the whole run; zero for none
  Duration guard = 300s;      ///< of one case
  std::uint64_t seed = 1;
};

class Runner {
 public:
  using OnFinished = std::function<void(CaseResult&)>;

  /// `results[i]` belongs to `plan[i]`; those with verdict `na` are left alone.
  Runner(World& world, std::span<Case const* const> plan, std::span<CaseResult> results, rules::Terms terms,
         RunnerOptions options, OnFinished on_finished);
  ~Runner();

  /// Returns when every case has a verdict or nothing more can happen; when interrupted, what has no verdict keeps
  /// "incomplete".
  void run();

  /// The SUT is gone: running cases fail, the rest becomes inconclusive.
  void sut_ended(std::string const& how);
  /// It is gone, but starts anew with the next case: running cases fail.
  void sut_ended_in_a_case(std::string const& how);
  /// It had been doubted, and answers: what waited begins.
  void sut_lives();
  [[nodiscard]] bool deadline_passed() const { return deadline_passed_; }

 private:
  [[nodiscard]] bool may_start(Case const& next) const;
  void start_more();
  void wait_to_start();
  void finished(std::size_t index);
  void close_rest(Verdict verdict, std::string const& reason, std::string const& because);

  World& world_;
  std::span<Case const* const> plan_;
  std::span<CaseResult> results_;
  rules::Terms terms_;
  RunnerOptions options_;
  OnFinished on_finished_;
  std::map<std::size_t, std::unique_ptr<RunningCase>> running_;
  std::vector<std::size_t> order_;  ///< indices into the plan, as they start
  std::size_t next_ = 0;            ///< into `order_`
  std::size_t fails_ = 0;
  Instant next_start_{};
  TimerId start_timer_;
  bool is_waiting_ = false;
  bool deadline_passed_ = false;
  Later later_;
};

}  // namespace tollgate
