#include "fuzz/finding/regression.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;

constexpr char const* bucket = "crash acme::takes";

class RegressionTest : public testing::Test {
 protected:
  /// What the case makes of a trial that showed these problems.
  CaseResult judged(std::vector<Problem> problems, std::string unready = "") const {
    TrialResult seen{.problems = std::move(problems), .played = {}, .output = {}, .unready = std::move(unready)};
    if (seen.unready.empty()) seen.played.emplace_back();
    CaseResult out{.info = one.info};
    judge(*regression_of(one), std::move(seen), out);
    return out;
  }
  static Problem problem(std::string const& kind, std::string const& its_bucket) {
    return {.kind = kind, .bucket = its_bucket, .says = its_bucket + " was seen", .report = {}};
  }
  static ReproFile repro() {
    ReproFile out{.problem = {.kind = "crash", .bucket = bucket, .says = "overflow in acme::takes"}};
    out.flows = {{.base = "push", .changes = {}}};
    return out;
  }
  Case one = regression_case(repro(), {plain_push()}, "found/crash-1/repro.toml");
};

TEST_F(RegressionTest, IsToldFromOtherCases) {
  ASSERT_NE(regression_of(one), nullptr);
  EXPECT_EQ(regression_of(one)->repro.problem.bucket, bucket);
  EXPECT_EQ(regression_of(Case{.run = [](Bed&) -> Task<void> { co_return; }}), nullptr);
}

TEST_F(RegressionTest, FailsForWhatWasFound) {
  auto const result = judged({problem("overcharge", "G6 debit"), problem("hang", "hang"), problem("crash", bucket)});
  EXPECT_EQ(result.verdict, Verdict::fail);
  EXPECT_EQ(result.reason, bucket);
  EXPECT_EQ(result.because, "crash acme::takes was seen");
  EXPECT_TRUE(result.finished);
}

TEST_F(RegressionTest, FailsWhereTheServerDiesOfItOtherwise) {
  auto const result = judged({problem("overcharge", "G6 debit"), problem("crash", "exit 139")});
  EXPECT_EQ(result.verdict, Verdict::fail);
  EXPECT_EQ(result.reason, "exit 139");
  EXPECT_THAT(result.because, HasSubstr("in another way than it was found"));
}

TEST_F(RegressionTest, PassesOfAServerThatBearsIt) {
  EXPECT_EQ(judged({}).verdict, Verdict::pass);
  EXPECT_EQ(judged({problem("overcharge", "G6 debit")}).verdict, Verdict::pass)
      << "in a broken flow a monitor sees what it was not found for";
}

TEST_F(RegressionTest, SaysNothingOfAServerThatDoesNotServe) {
  auto const result = judged({}, "it ended with exit 2");
  EXPECT_EQ(result.verdict, Verdict::inconc);
  EXPECT_EQ(result.because, "it ended with exit 2");
}

TEST_F(RegressionTest, IsPlayedAsOftenAsItTakes) {
  auto of = repro();
  EXPECT_EQ(plays_most(of), 5U);
  of.reproduced = of.times = 5;
  EXPECT_EQ(plays_most(of), 2U);
  of.reproduced = 3;
  EXPECT_EQ(plays_most(of), 5U);
}

}  // namespace
}  // namespace tollgate::fuzz
