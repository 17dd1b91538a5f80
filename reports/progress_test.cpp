#include "reports/progress.hpp"

#include <gmock/gmock.h>
#include <sstream>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

UnderWay under_way(std::size_t index, std::string waits_for, Duration since) {
  return {.index = index, .waits_for = std::move(waits_for), .since = since, .trace = nullptr};
}

class ProgressTest : public testing::Test {
 protected:
  tollgate::Run run_ = sample_run();
  std::ostringstream out_;
};

TEST_F(ProgressTest, SaysAtATerminalWhatEachRunningCaseWaitsFor) {
  Progress progress(out_, 80);
  progress.shows(run_, std::vector{under_way(1, "alice: INVITE within 2.0 s", 1200ms), under_way(0, "", 100ms)});
  EXPECT_EQ(out_.str(), "6 of 6 done, 1 failed, 2 running\n  ORD-03 1.2 s, waits for alice: INVITE within 2.0 s\n  ORD-01 0.1 s\n");
}

TEST_F(ProgressTest, IsDrawnAnewInItsPlaceAndClearedForWhatIsPrintedNext) {
  Progress progress(out_, 80);
  progress.shows(run_, std::vector{under_way(0, "", 100ms)});
  out_.str("");
  progress.shows(run_, {});
  EXPECT_THAT(out_.str(), StartsWith("\x1b[2A\x1b[J"));
  out_.str("");
  progress.clears();
  EXPECT_EQ(out_.str(), "\x1b[1A\x1b[J");
  out_.str("");
  progress.clears();
  EXPECT_EQ(out_.str(), "");
}

TEST_F(ProgressTest, NoLineIsBrokenByTheTerminalAndManyCasesAreCounted) {
  Progress progress(out_, 20);
  progress.shows(run_, std::vector<UnderWay>(9, under_way(0, std::string(100, 'x'), 1s)));
  std::istringstream lines(out_.str());
  unsigned count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_LT(line.size(), 20U) << line;
  EXPECT_EQ(count, 8U);
  EXPECT_THAT(out_.str(), HasSubstr("  and 3 more\n"));
}

TEST_F(ProgressTest, WithNoTerminalALineComesEveryTenSecondsAndNothingIsDrawnOver) {
  Progress progress(out_, 0);
  for (int i = 0; i < 19; ++i) progress.shows(run_, std::vector{under_way(0, "time", 1s)});
  EXPECT_EQ(out_.str(), "");
  progress.shows(run_, std::vector{under_way(0, "time", 10s)});
  progress.clears();
  EXPECT_EQ(out_.str(), "6 of 6 done, 1 failed, 1 running; ORD-01 10.0 s, waits for time\n");
}

TEST_F(ProgressTest, NothingOfAServerReachesTheTerminalAsItIs) {
  Progress progress(out_, 80);
  progress.shows(run_, std::vector{under_way(0, "a\x1b[2J\nb", 1s)});
  EXPECT_THAT(out_.str(), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace tollgate::reports
