// Own lag excuses what it could have done, and nothing else.
#include "runner/own_lag.hpp"

#include <gmock/gmock.h>

#include "runner/bed.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;
using testing::Optional;

TEST(OwnLag, OfTheWaitThatEndedExcuses) {
  EXPECT_THAT(excused_by_lag({.last_wait = 21ms, .worst = 21ms}, {}, {}), Optional(HasSubstr("noticed the end of that time 21.0 ms late")));
  EXPECT_EQ(excused_by_lag({.last_wait = 20ms, .worst = 20ms}, {}, {}), std::nullopt);
}

TEST(OwnLag, OfATwentiethOfTheTimeToReactExcusesWhereverItWas) {
  Ixit const ixit{.live = 2s};
  EXPECT_THAT(excused_by_lag({.worst = 101ms}, {}, ixit), Optional(HasSubstr("up to 101 ms late in this case")));
  EXPECT_EQ(excused_by_lag({.worst = 100ms}, {}, ixit), std::nullopt);
}

/// A case that stops by `require`, or by `require_in_time`, after a wait whose end we noticed 200 ms late.
CaseResult stopped_late(decltype(&Bed::require) by) {
  Case const one{.info = {.id = "T-01"}, .run = [by](Bed& bed) -> Task<void> {
                   bed.recorder().waited_in_vain(200ms);
                   (bed.*by)(false, "wrong repetitions", "it was repeated too late", {});
                   co_return;
                 }};
  std::vector<Case const*> const plan{&one};
  std::vector<CaseResult> results(1);
  run_simulated(plan, results, {}, {.finished = [](CaseResult&) {}});
  return results[0];
}

TEST(OwnLag, ExcusesAReasonOfTimeAndNoOther) {
  auto const excused = stopped_late(&Bed::require_in_time);
  EXPECT_EQ(excused.reason, "own lag") << "whatever the reason was called";
  EXPECT_EQ(excused.verdict, Verdict::inconc);
  EXPECT_EQ(excused.plays, plays_most);
  auto const failed = stopped_late(&Bed::require);
  EXPECT_EQ(failed.reason, "wrong repetitions");
  EXPECT_EQ(failed.verdict, Verdict::fail);
}

TEST(OwnLag, IsNeverLessThanWhatSchedulingCosts) {
  EXPECT_EQ(excused_by_lag({.worst = 20ms}, {}, {.live = 100ms}), std::nullopt);
}

}  // namespace
}  // namespace tollgate
