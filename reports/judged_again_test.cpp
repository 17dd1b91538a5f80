#include "reports/judged_again.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "runner/conclusion.hpp"
#include "trace/twelve_steps_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

JudgedAgain judged(trace::Facts facts) {
  auto trace = trace::twelve_steps();
  trace.declare(std::move(facts));
  return judged_again(trace, *declaration_in(trace.facts()));
}

trace::Facts failed_by_steps() {
  auto facts = facts_of({}, {});
  keep_steps({.rule = "ORD-06",
              .name = "steps",
              .verdict = Verdict::fail,
              .reason = "missing debit_units",
              .because = "none came",
              .witnesses = {5, 99}},
             facts);
  return facts;
}

TEST(JudgedAgain, FailsWhatFailedByItsSteps) {
  auto const again = judged(failed_by_steps());
  EXPECT_EQ(again.verdict, Verdict::fail);
  EXPECT_THAT(again.text,
              HasSubstr("fail  ORD-06 steps, as the run recorded them: they are not judged here\n          none came\n          #5 "));
  EXPECT_THAT(again.text, Not(HasSubstr("#99"))) << "the trace has no such event";
  EXPECT_THAT(again.text, HasSubstr("  G1 invite_needs_grant\n"));
}

TEST(JudgedAgain, SaysThatATraceDoesNotTellWhatItsStepsFound) {
  auto const again = judged(facts_of({}, {}));
  EXPECT_THAT(again.text, HasSubstr("the steps of the case are not judged here"));
  EXPECT_NE(again.verdict, Verdict::none);
}

/// As the console and every report of the run tell it.
TEST(JudgedAgain, CountsTimeFromTheFirstEvent) {
  auto trace = trace::twelve_steps();
  auto const offset = trace.events().front().at_ns, at = trace.at(5).at_ns - offset;
  ASSERT_NE(offset, 0);
  EXPECT_THAT(judged(failed_by_steps()).text, HasSubstr(fmt::format("#5 +{:.3f} ms ", static_cast<double>(at) / 1e6)));
}

}  // namespace
}  // namespace tollgate::reports
