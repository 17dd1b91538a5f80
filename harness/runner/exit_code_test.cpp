#include "runner/exit_code.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

Run run_of(std::initializer_list<Verdict> verdicts) {
  Run run;
  for (auto const verdict : verdicts) run.cases.push_back({.verdict = verdict});
  return run;
}

TEST(ExitCode, IsThreeOverOneOverTwoOverFiveOverZero) {
  using enum Verdict;
  EXPECT_EQ(exit_code(run_of({pass, known, na})), 0);
  EXPECT_EQ(exit_code(run_of({na})), 0) << "na is a verdict, not an empty selection";
  EXPECT_EQ(exit_code(run_of({pass, inconc})), 2);
  EXPECT_EQ(exit_code(run_of({inconc, fail})), 1);
  EXPECT_EQ(exit_code(run_of({fail, error, inconc})), 3);
  EXPECT_EQ(exit_code(run_of({pass, none})), 3) << "a case without a verdict is our own fault";
  auto stale = run_of({pass});
  stale.baseline_problems = {"ORD-99 names no case"};
  EXPECT_EQ(exit_code(stale), 5);
  stale.cases.push_back({.verdict = inconc});
  EXPECT_EQ(exit_code(stale), 2);
}

TEST(ExitCode, OfNoCaseAtAllIsNoPass) {
  EXPECT_EQ(exit_code({}), 4);
}

TEST(ExitCode, OfARunThatWasCutShortIsAnError) {
  tollgate::Run run;
  run.cases.emplace_back();
  EXPECT_EQ(exit_code(run), 3);
}

TEST(ExitMeanings, CoverTheContract) {
  std::vector<int> codes;
  for (auto const& row : exit_meanings()) {
    codes.push_back(row.code);
    EXPECT_FALSE(row.meaning.empty() || row.advice.empty()) << row.code;
  }
  EXPECT_THAT(codes, testing::ElementsAre(0, 1, 2, 3, 4, 5, 64, 65, 69, 70, 74, 124, 130));
  EXPECT_EQ(exit_meaning(1)->meaning, "at least one case failed");
  EXPECT_FALSE(exit_meaning(77));
}

TEST(Outcome, SpeaksOfKnownFailuresWhereThereAreSome) {
  tollgate::Run run{.cases = {{.verdict = Verdict::pass}, {.verdict = Verdict::na}}, .exit = 0};
  EXPECT_EQ(outcome(run), "all cases passed");
  run.cases.push_back({.verdict = Verdict::known});
  EXPECT_EQ(outcome(run), "all cases passed or failed as known");
  run.exit = 2;
  EXPECT_EQ(outcome(run), exit_meaning(2)->meaning);
}

}  // namespace
}  // namespace tollgate
