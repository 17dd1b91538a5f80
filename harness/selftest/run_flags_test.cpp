// The flags of `tollgate run`, each by what it changes.
#include <algorithm>
#include <gmock/gmock.h>
#include <set>

#include "base/text.hpp"
#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::Not;

Ended simulated(std::string const& arguments) {
  return shell("tollgate run --sim " + arguments + out_folder());
}

/// The seconds of the summary line.
double seconds_of(Ended const& ended) {
  auto const at = ended.output.find("Summary [");
  return at == std::string::npos ? -1 : std::stod(ended.output.substr(at + 9));
}

std::set<std::string> cases_of(Ended const& ended) {
  std::set<std::string> ids;
  for (auto const line : split(ended.output, '\n'))
    if (auto const at = line.find("s] "); at != std::string_view::npos && line.contains("PASS"))
      ids.emplace(line.substr(at + 3, line.find(' ', at + 3) - at - 3));
  return ids;
}

TEST(RunFlags, LevelLeavesOutWhatIsWeaker) {
  EXPECT_THAT(shell("tollgate list --level may").output, HasSubstr("NC-01"));
  EXPECT_THAT(shell("tollgate list --level shall").output, Not(HasSubstr("NC-01")));
  EXPECT_EQ(simulated("NC-01 --level shall").exit, 4);
  EXPECT_EQ(simulated("NC-01 --level must").exit, 64);
}

TEST(RunFlags, ColorSaysMoreThanTheEnvironment) {
  EXPECT_THAT(simulated("NC-01 --color=always").output, HasSubstr("\x1b["));
  EXPECT_THAT(shell("NO_COLOR= CLICOLOR_FORCE=1 tollgate run --sim NC-01 --color never" + out_folder()).output, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(shell("NO_COLOR= CLICOLOR_FORCE=1 tollgate run --sim NC-01 --color auto" + out_folder()).output, HasSubstr("\x1b["));
  EXPECT_EQ(simulated("NC-01 --color=blue").exit, 64);
}

TEST(RunFlags, TheLogOfGitHubFoldsWhatPassed) {
  auto const ended = shell("GITHUB_ACTIONS=true tollgate run --sim NC-01" + out_folder());
  EXPECT_EQ(ended.exit, 0);
  EXPECT_THAT(ended.output, testing::ContainsRegex("::group::[^\n]+\n     PASS [^\n]*NC-01[^\n]*\n::endgroup::\n"));
  EXPECT_THAT(simulated("NC-01").output, Not(HasSubstr("::group::")));
}

TEST(RunFlags, JobsSayHowManyCasesAreInFlight) {
  auto const alone = simulated("RSV-01 NC-01 REG-05 --jobs 1");
  auto const together = simulated("RSV-01 NC-01 REG-05");
  EXPECT_EQ(alone.exit, 0) << alone.output;
  EXPECT_GT(seconds_of(together), 0);
  EXPECT_GT(seconds_of(alone), seconds_of(together) * 1.2);
  EXPECT_EQ(simulated("--jobs 0").exit, 64);
}

TEST(RunFlags, RepeatRunsTheSelectionSoOftenAndDrawsAnew) {
  auto const out = fresh_folder() / "out";
  EXPECT_THAT(shell("tollgate run ORD-01 --sim --repeat 3 --seed 5 --out " + out.string()).output, HasSubstr("3 run: 3 pass"));
  EXPECT_NE(read_file(out / "tests/ORD-01.jsonl"), read_file(out / "tests/ORD-01.2.jsonl"));
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr("tollgate run ORD-01 --seed 7 --sim"))
      << "the third draws as a run with a seed two further";
}

TEST(RunFlags, ShuffleStartsTheCasesInAnOrderOfTheSeed) {
  auto const plan = [](std::string const& more) {
    auto const out = fresh_folder() / "out";
    EXPECT_EQ(shell("tollgate run INV --sim --out " + out.string() + " " + more).exit, 0);
    auto const text = read_file(out / "plan.json");
    std::string ids;
    constexpr std::string_view key = "\"id\": ";
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1))
      ids += text.substr(at + key.size(), text.find(',', at) - at - key.size()) + " ";
    return ids;
  };
  auto const shuffled = plan("--seed 5 --shuffle");
  EXPECT_NE(shuffled, plan("--seed 5"));
  EXPECT_EQ(shuffled, plan("--seed 5 --shuffle"));
  EXPECT_NE(shuffled, plan("--seed 6 --shuffle"));
}

TEST(RunFlags, MaxFailStartsNoCaseAfterSoManyFails) {
  auto const ended = simulated("ORD --fault M01 --jobs 1 --max-fail 1");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("1 fail"));
  EXPECT_THAT(ended.output, HasSubstr("not run: --max-fail 1 was reached"));
}

TEST(RunFlags, UntilFailRepeatsAsLongAsNothingFails) {
  auto const ended = simulated("ORD-03 --fault M01 --jobs 1 --repeat 5 --until-fail");
  EXPECT_EQ(ended.exit, 1);
  EXPECT_THAT(ended.output, HasSubstr("1 run: 0 pass, 1 fail, 4 inconc"));
  EXPECT_THAT(ended.output, HasSubstr("not run: --until-fail ended the run at the first fail"));
  EXPECT_THAT(simulated("ORD-03 --jobs 1 --repeat 5 --until-fail").output, HasSubstr("5 run: 5 pass"));
}

TEST(RunFlags, PartitionsAreDisjointAndWhole) {
  auto const all = cases_of(simulated("ORD INV BYE"));
  auto const one = cases_of(simulated("ORD INV BYE --partition hash:1/2"));
  auto const two = cases_of(simulated("ORD INV BYE --partition hash:2/2"));
  EXPECT_EQ(all.size(), one.size() + two.size());
  std::set<std::string> both = one;
  both.insert(two.begin(), two.end());
  EXPECT_EQ(both, all);
  EXPECT_EQ(simulated("--partition slice:1/2").exit, 64);
}

TEST(RunFlags, DeadlineIsATime) {
  for (auto const* bad : {"0s", "soon", "5", "-1s"}) EXPECT_EQ(simulated(std::string("--deadline=") + bad).exit, 64) << bad;
  EXPECT_EQ(simulated("ORD-01 --deadline 10m").exit, 0);
}

/// ORD-06 alone takes longer than half a minute of simulated time, and a moment of anybody's.
TEST(RunFlags, DeadlineOfASimulatedRunIsATimeOfWhoeverWaits) {
  auto const in_time = simulated("ORD-06 DI --deadline 20s");
  EXPECT_EQ(in_time.exit, 0) << in_time.output;
  auto const late = simulated("ORD-06 DI --deadline 1ms");
  EXPECT_EQ(late.exit, 124) << late.output;
}

TEST(RunFlags, EvidenceOfAnOrderNamesARepeatedCaseOnce) {
  auto const ended = simulated("ORD-03 --repeat 3");
  EXPECT_THAT(ended.output, HasSubstr("proved by withholding in ORD-03\n")) << ended.output;
}

TEST(RunFlags, TimeoutScaleStretchesEveryWait) {
  auto const shorter = shell("tollgate run RSV-01 --timeout-scale 0.3" + out_folder());
  EXPECT_EQ(shorter.exit, 0) << shorter.output;
  EXPECT_GT(seconds_of(shorter), 0.85);
  EXPECT_LT(seconds_of(shorter), 2.9) << "quiet is 3 s, which a busy machine makes longer, never shorter";
  EXPECT_EQ(shell("tollgate run --timeout-scale 0" + out_folder()).exit, 64);
  EXPECT_EQ(simulated("--timeout-scale 2").exit, 64);
}

TEST(RunFlags, ClientIsOneOfThoseThatThereAre) {
  auto const other = simulated("--client linphone");
  EXPECT_EQ(other.exit, 64);
  EXPECT_THAT(other.output, HasSubstr("there are native and sipp"));
  EXPECT_EQ(simulated("ORD-01 --client native").exit, 0);
}

class BaselineFlag : public testing::Test {
 protected:
  /// Of what DBT-02 fails for under M38: its step, and the monitor that misses the debit.
  std::string file(std::string const& case_id, std::string const& until = "2999-12-31") {
    std::string entries;
    for (auto const* reason : {"missing debit_units", "G4"})
      entries += "[[known]]\ncase = \"" + case_id + "\"\nreason = \"" + reason + "\"\nissue = \"ACME-412\"\nuntil = " + until + "\n";
    return write_file(fresh_folder() / "known.toml", entries);
  }
};

TEST_F(BaselineFlag, AFailureThatIsKnownIs0AndSaysKnown) {
  auto const ended = simulated("DBT-01 DBT-02 DBT-04 --fault M38 --baseline " + file("DBT-02"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("KNOWN"));
  EXPECT_THAT(ended.output, HasSubstr("ACME-412 until 2999-12-31"));
  EXPECT_THAT(ended.output, HasSubstr("1 known"));
}

/// What is known of a case says nothing of what else it fails for.
TEST_F(BaselineFlag, WhatIsNewBehindAKnownFailureFails) {
  auto const known =
      write_file(fresh_folder() / "known.toml",
                 "[[known]]\ncase = \"DBT-02\"\nreason = \"missing debit_units\"\nissue = \"ACME-412\"\nuntil = 2999-12-31\n");
  auto const ended = simulated("DBT-02 --fault M38 --baseline " + known);
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("G4"));
}

TEST_F(BaselineFlag, AKnownFailureDoesNotCountForMaxFail) {
  EXPECT_THAT(simulated("DBT-01 DBT-02 DBT-04 --fault M38 --jobs 1 --max-fail 1 --baseline " + file("DBT-02")).output,
              HasSubstr("3 run: 2 pass, 1 known"));
}

TEST_F(BaselineFlag, AnUnexpectedPassIs1) {
  auto const ended = simulated("DBT --baseline " + file("DBT-02"));
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("unexpected pass"));
  EXPECT_THAT(ended.output, HasSubstr("known.toml:1:1"));
}

TEST_F(BaselineFlag, AnExpiredEntryIs5) {
  auto const ended = simulated("DBT-01 DBT-02 DBT-04 --fault M38 --baseline " + file("DBT-02", "2020-01-31"));
  EXPECT_EQ(ended.exit, 5) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("expired on 2020-01-31"));
}

TEST_F(BaselineFlag, AnEntryThatNamesNoCaseIs5) {
  auto const ended = simulated("DBT --baseline " + file("DBT-99"));
  EXPECT_EQ(ended.exit, 5) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("there is no case DBT-99"));
  EXPECT_THAT(ended.last_line(), testing::StartsWith("exit 5"));
}

TEST_F(BaselineFlag, ABadFileIs65WithItsPlace) {
  auto const bad = write_file(fresh_folder() / "known.toml", "[[known]]\ncase = \"DBT-02\"\n");
  auto const ended = simulated("--baseline " + bad);
  EXPECT_EQ(ended.exit, 65);
  EXPECT_THAT(ended.output, HasSubstr("known.toml:1:1"));
  EXPECT_EQ(simulated("--baseline /nowhere.toml").exit, 65);
}

/// A run of a case that watches the clock, while the harness itself stands still for 4 s.
static Ended stopped_run(std::filesystem::path const& folder) {
  auto const log = (folder / "log").string();
  return shell("tollgate run DBT-04 --timeout-scale 0.1 --out " + (folder / "out").string() + " >" + log +
               " 2>&1 & run=$!; for try in $(seq 200); do grep -q 'profile TWELVE-STEP' " + log +
               " && break; sleep 0.05; done; sleep 1; kill -STOP $run; sleep 4; kill -CONT $run; wait $run; code=$?; cat " + log +
               "; exit $code");
}

/// Nothing that it would have to see in time is charged to the SUT; runner/plays_test.cpp: what stays open.
TEST(OwnLag, IsNoReasonToLeaveACaseOpenThatCanBePlayedAgain) {
  auto const folder = fresh_folder();
  auto const ended = stopped_run(folder);
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("played 2 times, for our own lag had left it open"));
  EXPECT_THAT(read_file(folder / "out/results.json"), HasSubstr("\"plays\": 2"));
  EXPECT_THAT(ended.output, testing::ContainsRegex("own lag p99 [0-9.]+ ms, at most [0-9]+[0-9][0-9][0-9].[0-9]+ ms"));
}

/// The same verdicts as the run gave, with timers and a bundle that are not the default.
TEST(Judge, KnowsTheTermsOfTheRun) {
  auto const out = fresh_folder() / "out";
  ASSERT_EQ(shell("tollgate run DBT-04 --timeout-scale 0.1 --out " + out.string()).exit, 0);
  auto const scaled = shell("tollgate judge " + (out / "tests/DBT-04.jsonl").string());
  EXPECT_EQ(scaled.exit, 0) << scaled.output << "with the standard's 30 s a debit after 3 s would have no trigger";
  EXPECT_THAT(scaled.output, HasSubstr("msrp_transaction 3 s"));
  auto const text = read_file(out / "tests/DBT-04.jsonl");
  auto const bare = write_file(out / "bare.jsonl", "{\"schema\":\"tollgate.trace/1\"}" + text.substr(text.find('\n')));
  auto const assumed = shell("tollgate judge " + bare);
  EXPECT_EQ(assumed.exit, 1) << assumed.output;
  EXPECT_THAT(assumed.output, HasSubstr("these are assumed"));
  auto const note = fresh_folder() / "out";
  (void)shell("tollgate run ORD-01 --sim --fault M05 --profile CR-NOTE --out " + note.string());
  EXPECT_THAT(shell("tollgate judge " + (note / "tests/ORD-01.jsonl").string()).output, HasSubstr("not judged: the SUT declares D-PRE"));
}

TEST(Judge, SaysOfACaptureWhatItSaysOfTheTrace) {
  auto const out = fresh_folder() / "out";
  (void)shell("tollgate run ORD-03 --sim --fault M01 --out " + out.string());
  auto const of = [&](std::string const& ending) {
    auto const judged = shell("tollgate judge " + (out / ("tests/ORD-03" + ending)).string());
    EXPECT_EQ(judged.exit, 1) << judged.output;
    return judged.output.substr(judged.output.find(": profile"));
  };
  EXPECT_EQ(of(".pcapng"), of(".jsonl"));
  EXPECT_THAT(of(".pcapng"), HasSubstr("fail  G1"));
}

TEST(Judge, RefusesACaptureThatIsCutOffOrHoldsNothingOfOurs) {
  auto const folder = fresh_folder();
  (void)shell("tollgate run ORD-01 --sim --out " + (folder / "out").string());
  auto const whole = read_file(folder / "out/tests/ORD-01.pcapng");
  auto const cut = shell("tollgate judge " + write_file(folder / "cut.pcapng", whole.substr(0, whole.size() - 3)));
  EXPECT_EQ(cut.exit, 65);
  EXPECT_THAT(cut.output, HasSubstr("the file ends before"));
  auto const empty =
      shell("tollgate judge " + write_file(folder / "empty.pcap", std::string("\xd4\xc3\xb2\xa1", 4) + std::string(20, '\0')));
  EXPECT_EQ(empty.exit, 65);
  EXPECT_THAT(empty.output, HasSubstr("no SIP, MSRP or CH-2 message"));
}

/// Two files with one id: each of them is named.
TEST(Scenarios, WithAnIdThatIsTakenAre65WithThePlace) {
  auto const folder = fresh_folder();
  std::string const text =
      "\n  <scenario id=\"MINE-01\" clause=\"c\" strength=\"shall\" kind=\"live\"><purpose>p</purpose>"
      "<send by=\"alice\" message=\"OPTIONS\"/><expect by=\"alice\" message=\"200\"/></scenario>\n";
  write_file(folder / "a.xml", text);
  write_file(folder / "b.xml", text);
  auto const ended = shell("tollgate list --scenarios " + folder.string());
  EXPECT_EQ(ended.exit, 65);
  EXPECT_THAT(ended.output, HasSubstr("b.xml:2:3: the id MINE-01 is taken already, by " + folder.string() + "/a.xml:2:3"));
}

}  // namespace
}  // namespace tollgate::selftest
