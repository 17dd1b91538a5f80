#include "runner/conclusion.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Finding steps(Verdict verdict, std::string reason = "") {
  return {.rule = "ORD-03", .name = "steps", .verdict = verdict, .reason = std::move(reason), .because = "", .witnesses = {5, 10}};
}
Finding monitor(Verdict verdict, std::string reason = "G1") {
  return {.rule = "G1", .verdict = verdict, .reason = std::move(reason), .because = "it was so", .witnesses = {7}};
}

TEST(Conclusion, IsTheWorstFindingTheStepsBeforeAMonitor) {
  trace::Trace const trace;
  EXPECT_EQ(concluded(std::vector{steps(Verdict::pass), monitor(Verdict::inconc)}, trace).verdict, Verdict::pass);
  EXPECT_EQ(concluded(std::vector{steps(Verdict::pass), monitor(Verdict::inconc, "own lag")}, trace).verdict, Verdict::inconc);
  auto const both = concluded(std::vector{steps(Verdict::fail, "missing BYE"), monitor(Verdict::fail)}, trace);
  EXPECT_EQ(both.reason, "missing BYE");
  EXPECT_THAT(both.witnesses, ElementsAre(5, 10));
  EXPECT_EQ(concluded(std::vector{steps(Verdict::na), monitor(Verdict::inconc, "own lag")}, trace).verdict, Verdict::na);
  EXPECT_EQ(concluded(std::vector{steps(Verdict::na), monitor(Verdict::fail)}, trace).reason, "G1");
}

TEST(Conclusion, OfAFailureTellsWhatSippComplainedOf) {
  trace::Trace trace;
  trace.record({.kind = trace::Kind::played, .direction = trace::Direction::received, .note = "alice: exit 1"});
  EXPECT_EQ(concluded(std::vector{monitor(Verdict::fail)}, trace).because, "it was so; #1 alice: exit 1");
  EXPECT_EQ(concluded(std::vector{monitor(Verdict::error)}, trace).because, "it was so");
}

/// What a SUT made of it is not its fault, whoever noticed.
TEST(Conclusion, OfAFailureBehindAMisleadingMessageOfSippsIsAnError) {
  trace::Trace trace;
  trace.record(
      {.kind = trace::Kind::played, .direction = trace::Direction::received, .note = "SIPp wrote REGISTER, which no case has asked for"});
  auto const failed = concluded(std::vector{steps(Verdict::pass), monitor(Verdict::fail)}, trace);
  EXPECT_EQ(failed.verdict, Verdict::error);
  EXPECT_EQ(failed.reason, "SIPp wrote REGISTER, which no case has asked for");
  EXPECT_THAT(failed.because, HasSubstr("#1"));
  EXPECT_THAT(failed.because, HasSubstr("it was so"));
  EXPECT_EQ(concluded(std::vector{steps(Verdict::pass)}, trace).verdict, Verdict::pass);
}

TEST(Conclusion, KeepsWhatTheStepsFoundInTheTrace) {
  for (auto const verdict : {Verdict::pass, Verdict::inconc, Verdict::fail, Verdict::error, Verdict::na}) {
    trace::Facts facts;
    keep_steps(steps(verdict, "missing BYE"), facts);
    auto const read = steps_in(facts);
    ASSERT_TRUE(read && *read);
    EXPECT_EQ((*read)->rule, "ORD-03");
    EXPECT_EQ((*read)->verdict, verdict);
    EXPECT_EQ((*read)->reason, "missing BYE");
    EXPECT_THAT((*read)->witnesses, ElementsAre(5, 10));
  }
}

TEST(Conclusion, RefusesFactsThatCannotBe) {
  EXPECT_FALSE(steps_in({})->has_value()) << "an older trace does not say";
  EXPECT_THAT(steps_in({{"steps", "passed"}}).error(), HasSubstr("steps is no verdict: \"passed\""));
  EXPECT_THAT(steps_in({{"steps", "fail"}, {"steps_witnesses", "5 x"}}).error(), HasSubstr("steps_witnesses names no event"));
}

}  // namespace
}  // namespace tollgate
