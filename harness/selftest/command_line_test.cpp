// The command line of the contract: what each command prints and every exit code.
#include <gmock/gmock.h>

#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// A SUT file for an imserver that tollgate launches, with more lines for [sut] and more sections behind it.
std::string sut_file(std::string const& arguments = "", std::string const& more = "") {
  auto const folder = fresh_folder();
  return write_file(folder / "sut.toml", "[sut]\nname = \"imserver as a vendor's\"\nsip = \"udp:" + free_address() + "\"\nlaunch = [\"" +
                                             bin + "/imserver\", \"--sip\", \"PORT\", \"--ce\", \"{charging}\"" + arguments +
                                             "]\nready = \"READY\"\n" + more);
}

/// The launch line of a SUT file names the address that its sip line names.
std::string with_address(std::string const& path) {
  auto text = read_file(path);
  auto const from = text.find("udp:") + 4;
  auto const address = text.substr(from, text.find('"', from) - from);
  text.replace(text.find("PORT"), 4, address);
  write_file(path, text);
  return path;
}

TEST(CommandLine, APassIs0AndTheLastLineSaysSo) {
  auto const ended = shell("tollgate run ORD-03 --timeout-scale 0.1" + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.last_line(), StartsWith("exit 0"));
  EXPECT_THAT(ended.output, HasSubstr("PASS"));
  EXPECT_THAT(ended.output, HasSubstr("seed"));
}

TEST(CommandLine, AFaultByIdOrNameIs1WithTheWithheldAnswerAndBothEvents) {
  for (auto const* fault : {"M01", "M01_invite_before_answer"}) {
    auto const ended = shell("tollgate run ORD-03 --timeout-scale 0.1 --fault " + std::string(fault) + out_folder());
    EXPECT_EQ(ended.exit, 1) << ended.output;
    EXPECT_THAT(ended.output, testing::ContainsRegex("#[0-9]+ INVITE was received .* while the answer to #[0-9]+ "
                                                     "reserve_units was withheld"));
    EXPECT_THAT(ended.output, HasSubstr("tollgate run ORD-03 --seed"));
    EXPECT_THAT(ended.last_line(), StartsWith("exit 1"));
  }
}

TEST(CommandLine, TheSameRunsInSimulatedTime) {
  EXPECT_EQ(shell("tollgate run ORD DBT INV --sim" + out_folder()).exit, 0);
  EXPECT_EQ(shell("tollgate run ORD --sim --fault M05" + out_folder()).exit, 1);
}

TEST(CommandLine, WhatCannotBeStoredIsInconclusive2) {
  auto const sut = with_address(sut_file(R"(, "--domain", "elsewhere.example")"));
  auto const ended = shell("tollgate run ORD-01 --sut " + sut + out_folder());
  EXPECT_EQ(ended.exit, 2) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("404"));
}

TEST(CommandLine, ATakenAddressIsOurError3) {
  WallClock clock;
  SocketNetwork network(clock);
  auto const taken = network.listen({"127.0.0.1", 0});
  auto const sut = with_address(sut_file("", "[charging]\nlisten = \"" + taken->local().text() + "\"\n"));
  auto const refused = shell("tollgate run ORD-01 --sut " + sut + out_folder());
  EXPECT_EQ(refused.exit, 3) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr(taken->local().text()));
}

TEST(CommandLine, NothingSelectedIs4) {
  EXPECT_EQ(shell("tollgate run XYZ-99" + out_folder()).exit, 4);
  EXPECT_EQ(shell("tollgate run --filter 'ORD-0*:-*'" + out_folder()).exit, 4);
  EXPECT_EQ(shell("tollgate list XYZ").exit, 4);
}

TEST(CommandLine, UsageIs64) {
  EXPECT_EQ(shell("tollgate").exit, 64);
  EXPECT_EQ(shell("tollgate fly").exit, 64);
  EXPECT_EQ(shell("tollgate run --no-such-flag").exit, 64);
  EXPECT_EQ(shell("tollgate run --fault M9999" + out_folder()).exit, 64);
  EXPECT_EQ(shell("tollgate explain NO-1").exit, 64);
  EXPECT_THAT(shell("tollgate run --fault D01" + out_folder()).output, HasSubstr("preset defects"));
}

TEST(CommandLine, HelpAndVersionEndAsEveryCommandDoes) {
  for (auto const* command : {"tollgate --help", "tollgate --version", "tollgate run --help"}) {
    auto const ended = shell(command);
    EXPECT_EQ(ended.exit, 0) << command;
    EXPECT_EQ(ended.last_line(), "exit 0: done") << command;
  }
  EXPECT_THAT(shell("tollgate --version 2>/dev/null").output, testing::MatchesRegex("tollgate [0-9.]+\n"));
}

TEST(CommandLine, OfTheServerIsAnsweredToo) {
  auto const bogus = shell("imserver --bogus");
  EXPECT_EQ(bogus.exit, 64);
  EXPECT_THAT(bogus.output, HasSubstr("--bogus"));
  auto const nobody = shell("imserver --sip 127.0.0.1:0");
  EXPECT_EQ(nobody.exit, 64);
  EXPECT_THAT(nobody.output, HasSubstr("--ce 127.0.0.1:3868"));
  auto const half = shell("imserver --ce 127.0.0.1");
  EXPECT_EQ(half.exit, 64);
  EXPECT_THAT(half.output, HasSubstr("--ce 127.0.0.1:"));
  EXPECT_EQ(shell("imserver --ce 127.0.0.1:1 --fault M9999").exit, 64);
  EXPECT_EQ(shell("imserver --help").exit, 0);
}

TEST(CommandLine, APlantedDefectWantsItsOwnBuild) {
  auto const ended = shell("imserver --ce 127.0.0.1:1 --fault D01");
  EXPECT_EQ(ended.exit, 64);
  EXPECT_THAT(ended.output, HasSubstr("cmake --workflow --preset defects"));
}

TEST(CommandLine, AnUnknownKeyIs65WithFileAndLine) {
  auto const folder = fresh_folder();
  auto const file = write_file(folder / "sut.toml", "[sut]\nname = \"x\"\nsipp = \"udp:127.0.0.1:5060\"\n");
  auto const ended = shell("tollgate run --sut " + file + out_folder());
  EXPECT_EQ(ended.exit, 65);
  EXPECT_THAT(ended.output, HasSubstr("sut.toml:3"));
  EXPECT_THAT(ended.output, HasSubstr("sipp"));
  auto const scenarios = fresh_folder();
  write_file(scenarios / "bad.xml", "<scenario id=\"X-1\"/>");
  EXPECT_EQ(shell("tollgate run --sim --scenarios " + scenarios.string() + out_folder()).exit, 65);
}

/// A shell's usual 1024 descriptors are no limit of ours.
TEST(CommandLine, TakesAsManyDescriptorsAsItMay) {
  auto const ended = shell("ulimit -S -n 30; tollgate run ORD-01 ORD-02 RC-11 --out " + (fresh_folder() / "out").string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
}

/// A load case plays as many flows as there are descriptors for; where there are fewer than any case needs, that is our error, and no
/// crash.
TEST(CommandLine, MakesDoWithFewDescriptorsAndEndsWithAnErrorWhereThereAreNone) {
#if __has_feature(undefined_behavior_sanitizer)
  GTEST_SKIP() << "its check of vptr opens a pipe to look at memory, and takes the lack of one for a broken object";
#endif
  auto const few = shell("ulimit -n 60; tollgate run ORD-01 ORD-02 RC-11 --out " + (fresh_folder() / "out").string());
  EXPECT_EQ(few.exit, 0) << few.output;
  auto const none = shell("ulimit -n 24; tollgate run ORD-01 ORD-02 RC-11 --out " + (fresh_folder() / "out").string());
  EXPECT_THAT(none.exit, testing::AnyOf(3, 74)) << none.output;
  EXPECT_THAT(none.output, HasSubstr("Too many open files"));
}

/// Whose fault it is that nobody answers is not known; not ours.
TEST(CommandLine, ADeadAddressIs69AndNoVerdictOnAnybody) {
  auto const out = fresh_folder() / "out";
  auto const file = write_file(fresh_folder() / "sut.toml", "[sut]\nsip = \"tcp:" + free_address() + "\"\n");
  auto const ended = shell("tollgate run ORD --sut " + file + " --out " + out.string());
  EXPECT_EQ(ended.exit, 69) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("INCONC ORD-01, ORD-02"));
  EXPECT_THAT(ended.output, HasSubstr("not run: no answer to OPTIONS"));
  EXPECT_THAT(ended.output, testing::Not(HasSubstr("ERROR")));
  EXPECT_THAT(ended.last_line(), StartsWith("exit 69"));
  EXPECT_THAT(read_file(out / "junit.xml"), HasSubstr("type=\"inconc\""));
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr("\"exit\": 69"));
}

TEST(CommandLine, AProgramThatIsNotThereIs69) {
  auto const file = write_file(fresh_folder() / "sut.toml", "[sut]\nlaunch = [\"/nowhere/server\"]\n");
  EXPECT_EQ(shell("tollgate run --sut " + file + out_folder()).exit, 69);
}

TEST(CommandLine, AReportThatCannotBeWrittenIs74) {
  EXPECT_EQ(shell("tollgate run ORD-03 --sim --out /proc/nowhere").exit, 74);
  EXPECT_EQ(shell("tollgate run ORD-03 --sim --report junit=/proc/nowhere.xml" + out_folder()).exit, 74);
}

TEST(CommandLine, TheDeadlineIs124AndTheReportsSayIncomplete) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell("tollgate run DBT-04 ORD-03 --jobs 1 --deadline 1s --out " + out.string());
  EXPECT_EQ(ended.exit, 124) << ended.output;
  EXPECT_THAT(read_file(out / "junit.xml"), HasSubstr("DBT-04"));
  EXPECT_THAT(read_file(out / "junit.xml"), HasSubstr("incomplete"));
}

TEST(CommandLine, CtrlCIs130) {
  auto const out = fresh_folder() / "out";
  auto const ended =
      shell("tollgate run DBT-04 --out " + out.string() + " & run=$!; " + until_there(out / "junit.xml") + "; kill -INT $run; wait $run");
  EXPECT_EQ(ended.exit, 130) << ended.output;
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr("\"exit\": 130"));
}

/// A belief of ours that does not hold aborts: the code says that it was us.
TEST(CommandLine, ACrashOfOursIs70) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell("tollgate run DBT-04 --seed 7070 --out " + out.string() + " & run=$!; " + until_there(out / "junit.xml") +
                           "; kill -ABRT $run; wait $run");
  EXPECT_EQ(ended.exit, 70) << ended.output;
  EXPECT_EQ(ended.last_line(), "exit 70: tollgate crashed");
  EXPECT_THAT(read_file(out / "junit.xml"), HasSubstr("incomplete"));
}

TEST(CommandLine, EveryCodeIsExplained) {
  for (auto const* code : {"0", "1", "2", "3", "4", "5", "64", "65", "69", "70", "74", "124", "130"}) {
    auto const ended = shell("tollgate explain-exit " + std::string(code));
    EXPECT_EQ(ended.exit, 0) << code;
    EXPECT_GT(ended.output.size(), 10U) << code;
  }
  EXPECT_EQ(shell("tollgate explain-exit 77").exit, 64);
  auto const no_number = shell("tollgate explain-exit x");
  EXPECT_EQ(no_number.exit, 64);
  EXPECT_THAT(no_number.output, HasSubstr("a decimal number of 64 bits, not \"x\""));
}

/// Nothing has gone wrong in the harness, and nobody has asked the server yet.
TEST(CommandLine, ALiveViewThatCannotListenIs64) {
  auto const ended = shell("tollgate run NC-01 --sim --serve 192.0.2.1:8080" + out_folder());
  EXPECT_EQ(ended.exit, 64) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("the live view cannot listen on 192.0.2.1 port 8080: "));
}

TEST(CommandLine, TheCataloguesAreForPeopleAndMachines) {
  EXPECT_THAT(shell("tollgate list ORD").output, HasSubstr("ORD-03"));
  EXPECT_THAT(shell("tollgate list RSV-04").output, AllOf(HasSubstr("rfc-must"), HasSubstr("C-ECUR,C-ECURU"), HasSubstr("RFC 8506 5.1")));
  EXPECT_THAT(shell("tollgate list --json").output, StartsWith("[{\"id\":\"ORD-01\""));
  EXPECT_THAT(shell("tollgate list ORD-07 --json").output, HasSubstr(R"("applies_to":[],"steps_depend_on":["G-STRICT"])"));
  EXPECT_THAT(shell("tollgate explain ORD-07").output, HasSubstr("some steps count only for G-STRICT"));
  EXPECT_THAT(shell("tollgate explain ORD-03").output, HasSubstr("M01"));
  EXPECT_THAT(shell("tollgate explain G1").output, HasSubstr("INVITE"));
  EXPECT_THAT(shell("tollgate faults").output, AllOf(HasSubstr("M106"), HasSubstr("M05+M56")));
  EXPECT_THAT(shell("tollgate faults --json").output, StartsWith("["));
  EXPECT_THAT(shell("tollgate faults --json").output, HasSubstr("\"D01_via_branch_overflow\",\"section\":\"memory\""));
  EXPECT_THAT(shell("tollgate explain D01").output, HasSubstr("stack-overflow"));
  EXPECT_EQ(shell("tollgate doctor").exit, 0);
}

TEST(CommandLine, MatrixSaysThatFaultsAreCaught) {
  auto const out = fresh_folder();
  auto const ended = shell("tollgate matrix --faults M106 --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("CLEAN"));
  EXPECT_THAT(read_file(out / "matrix.json"), HasSubstr("M106_no_failure_report"));
}

TEST(CommandLine, ReportMakesOtherFormatsOfAFinishedRun) {
  auto const out = fresh_folder() / "out";
  (void)shell("tollgate run ORD --sim --fault M05 --out " + out.string());
  auto const file = out / "again.xml";
  EXPECT_EQ(shell("tollgate report " + out.string() + " --report junit=" + file.string()).exit, 0);
  EXPECT_EQ(read_file(file), read_file(out / "junit.xml"));
  EXPECT_EQ(shell("tollgate report /nowhere --report junit=x.xml").exit, 65);
}

TEST(CommandLine, RepeatsAndPartsOfTheSuite) {
  EXPECT_THAT(shell("tollgate run ORD-03 --sim --repeat 3" + out_folder()).output, HasSubstr("3 run: 3 pass"));
  EXPECT_EQ(shell("tollgate run --sim --partition slice:1/2" + out_folder()).exit, 64);
}

TEST(CommandLine, JudgeGivesARecordedTraceTheSameVerdict) {
  auto const out = fresh_folder() / "out";
  (void)shell("tollgate run ORD-03 --sim --fault M01 --out " + out.string());
  auto const ended = shell("tollgate judge " + (out / "tests/ORD-03.jsonl").string());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("fail  G1"));
}

TEST(CommandLine, LadderMarksTheWitnessesOfTheVerdict) {
  auto const out = fresh_folder() / "out";
  (void)shell("tollgate run ORD-03 --sim --fault M01 --out " + out.string());
  auto const ended = shell("tollgate ladder " + (out / "tests/ORD-03.jsonl").string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, testing::ContainsRegex("\n\\* +#[0-9]+ .* reserve_units"));
  EXPECT_THAT(ended.output, HasSubstr(" * witness of the verdict"));
}

TEST(CommandLine, AgainSaysWhatTheRunWas) {
  auto const out = fresh_folder() / "out";
  (void)shell("tollgate run ORD-03 --sim --binding http --fault M01 --seed 5 --out " + out.string());
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr("tollgate run ORD-03 --seed 5 --sim --binding http --fault M01"));
}

}  // namespace
}  // namespace tollgate::selftest
