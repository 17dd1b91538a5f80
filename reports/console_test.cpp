#include "reports/console.hpp"

#include <gmock/gmock.h>
#include <sstream>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

constexpr std::string_view golden = R"(
tollgate 1.0  SUT acme-im 7.1  profile TWELVE-STEP  seed 42  out reports/out/x
      N/A [        ] DBT-04  No INVITE is sent while the reserve answer is outstanding: profile CR-LIST: this purpose belongs to TWELVE-STEP
     PASS [  0.620s] ORD-01  No INVITE is sent while the reserve answer is outstanding.
     FAIL [  0.620s] ORD-03  No INVITE is sent while the reserve answer is outstanding: unexpected INVITE
   INCONC [  0.620s] DBT-02  No INVITE is sent while the reserve answer is outstanding: the SUT had ended: exit 3
    KNOWN [  0.620s] DBT-09  No INVITE is sent while the reserve answer is outstanding: ACME-412, expires 2027-01-31
    ERROR [  0.620s] NC-01   No INVITE is sent while the reserve answer is outstanding: cannot bind 127.0.0.1:3868
  Summary [  4.100s] 5 run: 1 pass, 1 fail, 1 inconc, 1 error, 1 known, 1 n/a   own lag p99 0.200 ms, at most 3.100 ms
    the run showed: debit first; that fits TWELVE-STEP, CR-FIRST
    order  4 -> 5  INVITE after the grant: was in order 2 times; is not ordered: it came before the answer in ORD-03
    order  6 -> 7  SEND after the 200 to the INVITE: was in order 2 times; is ordered: proved by withholding in ORD-05
     FAIL ORD-03  6.3.2.8 (3-5)
          expected  No INVITE is sent while the reserve answer is outstanding.
          saw       unexpected INVITE: #10 INVITE was received by alice at +502.190 ms while the answer to #5 reserve_units was withheld
          witness   #5       +1.517 ms  IM Server -> ocs     reserve_units
          witness   #10    +502.190 ms  IM Server -> alice   INVITE
          also      G1 invite_needs_grant (6.3.2.8 (4-5)): #10 was received, but no successful answer to #5 had been sent
          ladder    reports/out/x/tests/ORD-03.svg
          pcap      reports/out/x/tests/ORD-03.pcapng
          trace     reports/out/x/tests/ORD-03.jsonl
          again     tollgate run ORD-03 --seed 42 --sut acme.toml
   INCONC DBT-02  6.3.2.8 (3-5)
          expected  No INVITE is sent while the reserve answer is outstanding.
          saw       SUT ended: the SUT had ended: exit 3
          again     tollgate run DBT-02 --seed 42
    ERROR NC-01  6.3.2.8 (3-5)
          expected  No INVITE is sent while the reserve answer is outstanding.
          saw       harness error: cannot bind 127.0.0.1:3868
          again     tollgate run NC-01 --seed 42
exit 3: the harness itself went wrong
)";

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string shown(tollgate::Run const& run, bool colour = false) {
  std::ostringstream out;
  Console console(out, colour);
  console.begins(run);
  for (auto const& result : run.cases)
    if (result.verdict != Verdict::na) console.finished(result);
  console.ends(run);
  console.exits(run.exit);
  return out.str();
}

TEST(Console, ShowsHeaderLinesSummaryFailuresAndExit) {
  EXPECT_EQ(shown(sample_run()), golden.substr(1));
}

TEST(Console, GroupsWhatDidNotRun) {
  tollgate::Run run;
  for (int i = 0; i < 12; ++i) {
    run.cases.emplace_back();
    run.cases.back().info.id = "ORD-" + std::to_string(i);
  }
  EXPECT_THAT(shown(run), HasSubstr("ERROR ORD-0, ORD-1, ORD-2, ORD-3, ORD-4, ORD-5, ORD-6, ORD-7 and 4 more: the run ended "
                                    "before this case did\n"));
}

TEST(Console, NamesTheMonitorThatDecided) {
  auto run = sample_run();
  auto& failed = run.cases[1];
  failed.findings[0].verdict = Verdict::pass;
  failed.reason = "G1";
  failed.because = failed.findings[1].because;
  auto const text = shown(run);
  EXPECT_THAT(text, HasSubstr("FAIL ORD-03  6.3.2.8 (4-5)\n"));
  EXPECT_THAT(text, HasSubstr("saw       G1 invite_needs_grant: #10 was received"));
}

TEST(Console, PaintsOnlyWhenAsked) {
  EXPECT_THAT(shown(sample_run(), true), HasSubstr("\x1b[1;31m     FAIL\x1b[0m [  0.620s] ORD-03"));
  EXPECT_THAT(shown(sample_run()), Not(HasSubstr("\x1b")));
}

TEST(Console, LetsNothingHostileReachTheTerminal) {
  auto const text = shown(hostile_run()) + text_report(hostile_run());
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\u202e")));
  EXPECT_THAT(text, HasSubstr("\\x1b[2J\\x00\\x01"));
}

TEST(Console, EndsWithTheExitCodeAndItsMeaning) {
  EXPECT_THAT(shown(sample_run()), EndsWith("\nexit 3: the harness itself went wrong\n"));
  std::ostringstream out;
  Console(out, false).exits(77);
  EXPECT_EQ(out.str(), "exit 77: not a code that tollgate knows\n");
}

TEST(WantsColour, FollowsTheTerminalAndTheUser) {
  EXPECT_TRUE(wants_colour(true, nullptr, nullptr));
  EXPECT_FALSE(wants_colour(false, nullptr, nullptr));
  EXPECT_FALSE(wants_colour(true, "1", nullptr));
  EXPECT_TRUE(wants_colour(true, "", nullptr)) << "no-color.org: when set and not empty";
  EXPECT_TRUE(wants_colour(false, nullptr, "1"));
  EXPECT_FALSE(wants_colour(false, nullptr, "0"));
  EXPECT_FALSE(wants_colour(true, "1", "1"));
}

TEST(TextReport, HasTheLaddersOfFailures) {
  auto const text = text_report(sample_run());
  EXPECT_THAT(text, StartsWith("tollgate 1.0  SUT acme-im 7.1"));
  EXPECT_THAT(text, HasSubstr("*  #10    502.190   5"));
  EXPECT_THAT(text, EndsWith("exit 3: the harness itself went wrong\n"));
}

/// user_interface, 5: what needs no look is folded, clause by clause; what failed stands in the open, when it failed.
TEST(Console, FoldsForGitHubWhatNeedsNoLook) {
  auto const run = sample_run();
  std::ostringstream out;
  Console console(out, false, Detail::normal, Folds::by_clause);
  console.begins(run);
  for (auto const& result : run.cases)
    if (result.verdict != Verdict::na) console.finished(result);
  EXPECT_THAT(out.str(), HasSubstr("     FAIL [  0.620s] ORD-03"));
  EXPECT_THAT(out.str(), testing::Not(testing::HasSubstr("ORD-01")));
  console.ends(run);
  auto const group = out.str().find("::group::6.3.2.8\n"), end = out.str().find("::endgroup::\n");
  ASSERT_LT(group, end);
  auto const inside = out.str().substr(group, end - group);
  for (auto const* id : {"     PASS [  0.620s] ORD-01", "      N/A [        ] DBT-04", "    KNOWN [  0.620s] DBT-09"})
    EXPECT_THAT(inside, HasSubstr(id));
  EXPECT_THAT(inside, testing::Not(testing::HasSubstr("FAIL")));
  EXPECT_LT(end, out.str().find("  Summary ["));
}

}  // namespace
}  // namespace tollgate::reports
