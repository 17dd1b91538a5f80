#include "reports/tap.hpp"

#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>

#include "base/text.hpp"
#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;

/// What `prove` says of the text as the output of a test program.
std::string prove(std::string const& text) {
  auto const path = testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name() + ".tap";
  std::ofstream(path, std::ios::binary) << text;
  std::string said;
  auto* pipe = popen(("prove -v --exec cat " + path + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return "cannot be run";
  std::array<char, 4096> some{};
  while (auto const size = fread(some.data(), 1, some.size(), pipe)) said.append(some.data(), size);
  pclose(pipe);
  return said;
}

TEST(Tap, HasThePlanFirstAndALineACase) {
  auto const text = tap(sample_run());
  EXPECT_TRUE(text.starts_with("TAP version 14\n1..6\n"));
  EXPECT_THAT(text, HasSubstr("\nok 1 - ORD-01 No INVITE is sent"));
  EXPECT_THAT(text, HasSubstr("\nnot ok 2 - ORD-03 "));
  EXPECT_THAT(text, HasSubstr("\nnot ok 3 - DBT-02 ")) << "what could not be judged is not ok";
  EXPECT_THAT(text, HasSubstr("\nok 4 - DBT-04 No INVITE is sent while the reserve answer is outstanding. # SKIP profile CR-LIST"));
  EXPECT_THAT(text, HasSubstr("\nnot ok 5 - DBT-09 No INVITE is sent while the reserve answer is outstanding. # TODO ACME-412"));
  EXPECT_THAT(text, HasSubstr("  verdict: \"fail\"\n  clause: \"6.3.2.8 (3-5)\"\n  reason: \"unexpected INVITE\"\n"));
  EXPECT_THAT(text, HasSubstr("  capture: \"tests/ORD-03.pcapng\"\n"));
  EXPECT_THAT(text, HasSubstr("  witness_10: \"+"));
  EXPECT_THAT(text, HasSubstr("  again: \"tollgate run ORD-03 --seed 42 --sut acme.toml\"\n  ...\n"));
}

/// What `prove` says of the one holds for the other.
TEST(Tap, OfTheOldVersionDiffersInItsFirstLineAlone) {
  auto const now = tap(hostile_run()), before = tap13(hostile_run());
  EXPECT_TRUE(before.starts_with("TAP version 13\n"));
  EXPECT_EQ(now.substr(now.find('\n')), before.substr(before.find('\n')));
}

TEST(Tap, IsReadByProve) {
  auto const said = prove(tap13(sample_run()));
  EXPECT_THAT(said, HasSubstr("Failed 3/6 subtests"));
  EXPECT_THAT(said, HasSubstr("(less 1 skipped subtest: 2 okay)"));
  EXPECT_THAT(said, testing::Not(HasSubstr("Parse errors")));
}

/// A parser that finds no end of a line finds no end of the plan.
TEST(Tap, OfAServerThatNobodyReachedBailsOut) {
  auto run = sample_run();
  EXPECT_THAT(prove(tap13(run)), testing::Not(HasSubstr("Bailout called")));
  run.exit = 69;
  for (auto& result : run.cases) result.because = "not run: no answer to OPTIONS";
  EXPECT_THAT(prove(tap13(run)), HasSubstr("Bailout called.  Further testing stopped:  not run: no answer to OPTIONS"));
}

TEST(Tap, HasNoLineThatIsTooLongForProve) {
  auto run = sample_run();
  run.sut = run.inferred["debit"] = std::string(66'000, '\\');
  for (auto& result : run.cases) {
    result.because = result.reason = result.again = std::string(66'000, 'B');
    result.info.purpose = std::string(66'000, '#');
  }
  auto const text = tap(run);
  for (auto const line : split(text, '\n')) EXPECT_LT(line.size(), 32'000U) << line.substr(0, 40);
  auto const said = prove(tap13(run));
  EXPECT_THAT(said, HasSubstr("Failed 3/6 subtests"));
  EXPECT_THAT(said, testing::Not(HasSubstr("Parse errors")));
  EXPECT_THAT(said, testing::Not(HasSubstr("Bad plan")));
}

/// In a comment a backslash stands for itself.
TEST(Tap, SaysTheNameOfTheServerOnce) {
  auto run = sample_run();
  run.sut = "acme\u202e#1\x1b[2J";
  EXPECT_THAT(tap(run), HasSubstr(R"(SUT acme\u202e#1\x1b[2J, profile)"));
}

TEST(Tap, KeepsItsFormWhateverASutSays) {
  auto const run = hostile_run();
  EXPECT_THAT(prove(tap13(run)), testing::Not(HasSubstr("Parse errors")));
}

TEST(Tap, IsNotOkForEachEntryOfAStaleBaseline) {
  auto run = sample_run();
  run.baseline_problems = {"baseline.toml:3:1: ORD-99 names no case"};
  auto const text = tap(run);
  EXPECT_THAT(text, HasSubstr(fmt::format("\n1..{}\n", run.cases.size() + 1)));
  EXPECT_THAT(text, HasSubstr(fmt::format("\nnot ok {} - baseline baseline.toml:3:1: ORD-99 names no case\n", run.cases.size() + 1)));
}

}  // namespace
}  // namespace tollgate::reports
