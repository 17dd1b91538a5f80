// The campaign as a user runs it: a faultless server has nothing, a faulty one is found out, and what is found plays again.
#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <thread>

#include "base/text.hpp"
#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string const small = "tollgate fuzz --execs 300 --seed 5 --timeout-scale 0.1";

TEST(Fuzz, FindsNothingInAFaultlessServer) {
  auto const ended = shell(small + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("#300  "));
  EXPECT_THAT(ended.output, Not(HasSubstr("FOUND")));
}

/// The numbers of the cases, and whether each came once.
std::vector<std::string> lines_of(std::filesystem::path const& file) {
  std::vector<std::string> out;
  auto const text = read_file(file);
  for (auto const line : split(text, '\n'))
    if (!line.empty()) out.emplace_back(line);
  return out;
}

TEST(Fuzz, SendsSingleMessagesToSeveralServers) {
  auto const ended = shell("tollgate fuzz --messages --servers 2 --execs 3001 --seed 5" + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("#3001  "));
  EXPECT_THAT(ended.output, HasSubstr(" single messages/s in "));
  EXPECT_THAT(ended.output, HasSubstr(" 2 lives  0 found"));
}

TEST(Fuzz, KeepsAllProcessorsBusyWithSingleMessages) {
  auto const processors = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
  auto const ended = shell("tollgate fuzz --messages --execs 2000 --seed 5" + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("single messages to " + std::to_string(processors) + " servers"));
  EXPECT_THAT(ended.output, HasSubstr(" " + std::to_string(processors) + " lives  0 found"));
  EXPECT_THAT(shell("tollgate fuzz --messages --servers 1 --execs 2000 --seed 5" + out_folder()).output, HasSubstr(" 1 lives  0 found"));
}

TEST(Fuzz, GoesOnWhereItWasStopped) {
  auto const out = fresh_folder() / "out";
  auto const first = shell("tollgate fuzz --execs 40 --seed 5 --timeout-scale 0.1 --out " + out.string());
  EXPECT_EQ(first.exit, 0) << first.output;
  auto const second = shell("tollgate fuzz --execs 20 --resume --timeout-scale 0.1 --out " + out.string());
  EXPECT_EQ(second.exit, 0) << second.output;
  EXPECT_THAT(second.output, HasSubstr("seed 5  from case 41"));
  auto const lines = lines_of(out / "cases.txt");
  ASSERT_EQ(lines.size(), 60U);
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_TRUE(lines[i].starts_with(std::to_string(i + 1) + " ")) << lines[i];
  EXPECT_EQ(shell("tollgate fuzz --resume --execs 1 --seed 6 --out " + out.string()).exit, 64) << "another seed";
  EXPECT_EQ(shell("tollgate fuzz --resume --execs 1" + out_folder()).exit, 65) << "no campaign was stopped there";
}

/// Whatever the server does, here with a fault that is found meanwhile.
TEST(Fuzz, PlaysTheSameCasesOfTheSameSeedWithoutFeedback) {
  std::vector<std::vector<std::string>> played;
  for (int i = 0; i < 2; ++i) {
    auto const out = fresh_folder() / "out";
    auto const ended = shell("tollgate fuzz --execs 200 --seed 5 --feedback none --fault M08 --timeout-scale 0.1 --out " + out.string());
    EXPECT_THAT(ended.output, HasSubstr("#200  "));
    played.push_back(lines_of(out / "cases.txt"));
  }
  EXPECT_EQ(played[0].size(), 200U);
  EXPECT_EQ(played[0], played[1]);
}

TEST(Fuzz, BuildsOnWhatARunHasRecorded) {
  auto const folder = fresh_folder();
  auto const run = (folder / "run").string(), out = (folder / "out").string();
  ASSERT_EQ(shell("tollgate run --sim --seed 1 ORD-03 --out " + run).exit, 0);
  auto const ended = shell("tollgate fuzz --execs 2 --seed 5 --corpus " + run + "/tests --out " + out);
  EXPECT_EQ(ended.exit, 0) << ended.output;
  auto const lines = lines_of(folder / "out" / "cases.txt");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines.front(), HasSubstr("1 push-refused  ch2 1 late ")) << "the grant was withheld, the INVITE answered 486";
}

TEST(Fuzz, LeavesReportsAsARunDoes) {
  auto const out = fresh_folder() / "out";
  EXPECT_EQ(shell("tollgate fuzz --execs 10 --seed 5 --timeout-scale 0.1 --out " + out.string()).exit, 0);
  EXPECT_THAT(read_file(out / "junit.xml"), HasSubstr("FUZZ The campaign"));
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr("\"id\": \"FUZZ\""));
}

/// What was never played has found nothing, and must not look as if it had been.
TEST(Fuzz, IsAnErrorWhereNoCaseWasPlayed) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell("tollgate fuzz --time 1ms --seed 5 --timeout-scale 0.1 --out " + out.string());
  EXPECT_EQ(ended.exit, 3) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("no case was played: the time, 0.001 s, was over when the 11 flows had been played unchanged"));
  EXPECT_THAT(read_file(out / "junit.xml"), HasSubstr("no case was played"));
}

TEST(Fuzz, RefusesWhatMakesNoSense) {
  EXPECT_EQ(shell("tollgate fuzz --channel carrier-pigeon").exit, 64);
  EXPECT_EQ(shell("tollgate fuzz --channel http --execs 1" + out_folder()).exit, 64) << "CH-2 of this server goes over diameter";
  EXPECT_EQ(shell("tollgate fuzz --time soon" + out_folder()).exit, 64);
  EXPECT_EQ(shell("tollgate fuzz NO-SUCH" + out_folder()).exit, 4);
  EXPECT_EQ(shell("tollgate fuzz --messages ORD-01" + out_folder()).exit, 64) << "single messages belong to no case";
  EXPECT_EQ(shell("tollgate fuzz --messages --channel msrp" + out_folder()).exit, 64);
  EXPECT_EQ(shell("tollgate fuzz --messages --sip tcp" + out_folder()).exit, 64);
}

/// All else has ended by then.
TEST(Fuzz, SendsWhatIsLateBehindTheEndOfItsFlow) {
  auto const folder = fresh_folder();
  std::filesystem::create_directories(folder / "found");
  (void)write_file(folder / "found" / "repro.toml",
                   "[problem]\nkind = \"overcharge\"\nbucket = \"x\"\n[[flow]]\nbase = \"push\"\nchanges = [\"ch2 2 late 300\"]\n");
  auto const out = (folder / "out").string();
  auto const ended = shell("tollgate run --sim --seed 1 overcharge-86021707 --scenarios " + (folder / "found").string() + " --out " + out);
  ASSERT_EQ(ended.exit, 0) << ended.output;
  auto const ladder = shell("tollgate ladder " + out + "/tests/overcharge-86021707.jsonl").output;
  EXPECT_THAT(ladder, HasSubstr("2001 CCA: 300 ms late [ch2 2 late 300]"));
  EXPECT_THAT(ladder, HasSubstr("2001 debit_units"));
}

TEST(Fuzz, SaysWhatIsWrongWithWhatIsPlayedAgain) {
  EXPECT_EQ(shell("tollgate repro no-such-folder").exit, 65);
  auto const folder = fresh_folder();
  auto const file = write_file(folder / "repro.toml", "[[flow]]\nbase = \"push\"\nchanges = [\"sip 1 burn\"]\n");
  auto const ended = shell("tollgate repro " + file);
  EXPECT_EQ(ended.exit, 65);
  EXPECT_THAT(ended.output, HasSubstr("repro.toml:3:"));
}

}  // namespace
}  // namespace tollgate::selftest
