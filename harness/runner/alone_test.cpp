// In what order cases run, and that one that is alone is.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "runner/bed.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"

namespace tollgate {
namespace {

struct Log {
  std::vector<std::string> order;
  int running = 0;
  bool was_alone = true;
};

Case noting(std::string id, bool alone, Log& log) {
  auto run = [id, alone, &log](Bed& bed) -> Task<void> {
    log.order.push_back(id);
    ++log.running;
    co_await pause(bed.clock(), 1s);
    log.was_alone = log.was_alone && (!alone || log.running == 1);
    --log.running;
  };
  return {.info = {.id = std::move(id)}, .where = {}, .ambiguity = {}, .alone = alone, .run = run};
}

TEST(Runner, CasesThatRunAloneRunLastOneAfterTheOther) {
  Log log;
  std::vector<Case> const suite{noting("T-01", true, log), noting("T-02", false, log), noting("T-03", true, log),
                                noting("T-04", false, log)};
  auto const plan = select(suite, {});
  auto results = plan_results(plan, {});
  run_simulated(plan, results, {}, {.finished = [](CaseResult&) {}});
  EXPECT_THAT(log.order, testing::ElementsAre("T-02", "T-04", "T-01", "T-03"));
  EXPECT_TRUE(log.was_alone);
}

/// In one world, as with a SUT of a user's: what our lag has left open is played again behind those that run alone.
TEST(Runner, WhatIsPlayedAgainWaitsForThoseThatRunAlone) {
  Log log;
  auto again = noting("T-01", false, log);
  again.run = [once = again.run, plays = std::make_shared<int>(0)](Bed& bed) -> Task<void> {
    bool const is_first = ++*plays == 1;
    co_await once(bed);
    if (is_first) throw CaseStopped{Verdict::inconc, "own lag", "late", {}};
  };
  std::vector<Case> const suite{again, noting("T-02", true, log), noting("T-03", true, log)};
  auto const plan = select(suite, {});
  auto results = plan_results(plan, {});
  run_simulated(plan, results, {.runner = {.max_fail = 9}}, {.finished = [](CaseResult&) {}});
  EXPECT_THAT(log.order, testing::ElementsAre("T-01", "T-02", "T-03", "T-01"));
  EXPECT_TRUE(log.was_alone);
}

TEST(Runner, ACaseThatRunsAloneDoesWhatItDoesByItself) {
  auto const run = [](Bed& bed) -> Task<void> {
    co_await bed.deposit("alice", "text");
    co_await bed.client("alice").registers();
  };
  auto const simple = [run](std::string id, bool alone) {
    return Case{.info = {.id = std::move(id)}, .where = {}, .ambiguity = {}, .alone = alone, .run = run};
  };
  std::vector<Case> const suite{simple("T-01", false), simple("T-02", true), simple("T-03", true)};
  auto const traces = [](std::vector<Case const*> const& plan, std::uint64_t seed) {
    auto results = plan_results(plan, {});
    run_simulated(plan, results, {.seed = seed}, {.finished = [](CaseResult&) {}});
    std::vector<std::string> all;
    for (auto const& result : results) all.push_back(trace::save(result.trace));
    return all;
  };
  auto const whole = traces(select(suite, {.repeat = 2}), 5);
  EXPECT_EQ(whole[2], traces({&suite[2]}, 5)[0]);
  EXPECT_EQ(whole[5], traces({&suite[2]}, 6)[0]) << "the second time as with the next seed";
  EXPECT_NE(whole[2], whole[5]);
}

/// A flow that our own lag leaves open hides none that has failed.
TEST(Bed, OfFlowsSideBySideTheWorstSpeaks) {
  auto const flow = [](Bed& bed, std::size_t nth) -> Task<void> {
    co_await pause(bed.clock(), 1s);
    if (nth == 1) throw CaseStopped{Verdict::inconc, "own lag", "open", {}};
    if (nth > 1) throw CaseStopped{Verdict::fail, "unexpected INVITE", "it came", {}};
  };
  auto const run = [flow](Bed& bed) -> Task<void> {
    co_await bed.side_by_side(4, flow, [](std::size_t nth) { return fmt::format("flow {}", nth); });
  };
  std::vector<Case> const suite{{.info = {.id = "T-01"}, .where = {}, .ambiguity = {}, .run = run}};
  auto const plan = select(suite, {});
  auto results = plan_results(plan, {});
  run_simulated(plan, results, {}, {.finished = [](CaseResult&) {}});
  EXPECT_EQ(results[0].verdict, Verdict::fail);
  EXPECT_EQ(results[0].because, "it came (with flow 2; 3 of 4 flows stopped)");
}

TEST(Bed, ARestartedSutComesBackWithWhatWasStored) {
  auto const run = [](Bed& bed) -> Task<void> {
    co_await bed.deposit("alice", "kept");
    co_await bed.restart();
    (void)co_await bed.ocs().receives("CER", 40s);
    co_await bed.client("alice").registers();
    auto const reserve = co_await bed.ocs().receives("reserve_units", bed.ixit().live);
    bed.ocs().answers(reserve, {.result = 4012});
  };
  std::vector<Case> const suite{{.info = {.id = "T-01"}, .where = {}, .ambiguity = {}, .alone = true, .run = run}};
  auto const plan = select(suite, {});
  auto results = plan_results(plan, {});
  run_simulated(plan, results, {}, {.finished = [](CaseResult&) {}});
  EXPECT_EQ(results[0].findings.front().verdict, Verdict::pass) << results[0].because;
}

}  // namespace
}  // namespace tollgate
