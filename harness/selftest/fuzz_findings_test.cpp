// What a campaign leaves, in the hands of a user: findings as cases of a run, baselines, folders, secrets, kills.
#include <filesystem>
#include <gmock/gmock.h>

#include "base/text.hpp"
#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A server that says this when it is told to end; one that stands beside a file "mended" does not.
std::string server_that_says(std::filesystem::path const& folder, std::string const& words) {
  auto const path = write_file(folder / "leaky", R"(#!/bin/bash
imserver "$@" &
child=$!
trap 'kill $child; wait $child; [[ -e $(dirname "$0")/mended ]] && exit 0
      printf ")" + words + R"("; exit 23' TERM
wait $child
)");
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}
/// One that leaks, as LeakSanitizer says it.
std::string leaky_server(std::filesystem::path const& folder) {
  return server_that_says(folder,
                          R"(==1==ERROR: LeakSanitizer: detected memory leaks\n\nDirect leak of 8 byte(s) in 1 object(s) allocated from:\n)"
                          R"(    #0 0x1 in malloc (/lib/libasan.so+0x1)\n    #1 0x2 in acme::keeps(int) /src/acme.cpp:1:1\n\n)");
}

/// The folder of a finding that nothing but this is known of.
void write_finding(std::filesystem::path const& folder, std::string const& kind, std::string const& bucket, std::string const& more = "",
                   std::string const& changes = "") {
  std::filesystem::create_directories(folder);
  (void)write_file(folder / "repro.toml", "[problem]\nkind = \"" + kind + "\"\nbucket = \"" + bucket +
                                              "\"\nsays = \"it did\"\nreproduced = 5\ntimes = 5\n" + more +
                                              "[[flow]]\nbase = \"push\"\nchanges = [" + changes + "]\n");
}

/// TOML of a server of ours on a free port, with what stands in [sut] besides.
std::string sut_file(std::filesystem::path const& path, std::string const& launch, std::string const& more = "") {
  return write_file(path, "[sut]\nname = \"acme-im\"\nsip = \"udp:127.0.0.1:0\"\ndomain = \"ims.example\"\nready = \"READY\"\nlaunch = [" +
                              launch + ", \"--sip\", \"127.0.0.1:0\", \"--ce\", \"{charging}\", \"--auth\", \"secret\"]\n" + more +
                              "[charging]\nbinding = \"diameter\"\nlisten = \"127.0.0.1:0\"\n[users]\n"
                              "pattern = \"sip:user{n}@ims.example\"\npassword = \"secret\"\n");
}

std::string finding_in(std::filesystem::path const& out) {
  for (auto const& entry : std::filesystem::directory_iterator(out))
    if (std::filesystem::exists(entry.path() / "repro.toml")) return entry.path().filename().string();
  return "";
}

TEST(FuzzFinding, FailsAsACaseWhereTheServerShowsItAgain) {
  auto const folder = fresh_folder();
  auto const server = leaky_server(folder);
  write_finding(folder / "found" / "leak-x", "leak", "leak acme::keeps");
  auto const run = "tollgate run finding --seed 1 --scenarios " + (folder / "found").string();
  auto const failed = shell(run + " --imserver " + server + " --out " + (folder / "out").string());
  EXPECT_EQ(failed.exit, 1) << failed.output;
  EXPECT_THAT(failed.output, HasSubstr("leak acme::keeps: memory leaked in acme::keeps"));
  EXPECT_EQ(shell("tollgate repro " + (folder / "found" / "leak-x").string() + " --times 1").exit, 0) << "another server has it not";
  (void)write_file(folder / "mended", "");
  auto const passed = shell(run + " --imserver " + server + out_folder());
  EXPECT_EQ(passed.exit, 0) << passed.output;
  EXPECT_THAT(passed.output, HasSubstr("1 run: 1 pass "));
}

TEST(FuzzFinding, FailsAsACaseOfALaunchedServer) {
  auto const folder = fresh_folder();
  auto const sut = sut_file(folder / "sut.toml", "\"" + leaky_server(folder) + "\"");
  write_finding(folder / "found" / "leak-x", "leak", "leak acme::keeps");
  auto const ended = shell("tollgate run finding --seed 1 --sut " + sut + " --scenarios " + (folder / "found").string() + out_folder());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("leak acme::keeps"));
}

/// A server that breaks in another way than it did does not bear it.
TEST(FuzzFinding, FailsWhereTheServerEndsInAnotherWay) {
  auto const folder = fresh_folder();
  write_finding(folder / "found" / "leak-x", "leak", "leak acme::keeps_other");
  auto const ended =
      shell("tollgate run finding --imserver " + leaky_server(folder) + " --scenarios " + (folder / "found").string() + out_folder());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("in another way than it was found: memory leaked in acme::keeps"));
}

TEST(FuzzFinding, IsNotJudgedInSimulatedTimeWhereAServerHasToEnd) {
  auto const folder = fresh_folder();
  write_finding(folder / "found" / "leak-x", "leak", "leak acme::keeps");
  auto const ended = shell("tollgate run finding --sim --scenarios " + (folder / "found").string() + out_folder());
  EXPECT_THAT(ended.output, HasSubstr("--sim: a leak is seen of a server that is a process"));
  EXPECT_THAT(ended.output, Not(HasSubstr("1 pass")));
}

/// Its reports, what was not confirmed and what was set aside are no cases.
TEST(FuzzFinding, IsTakenFromTheFolderOfACampaign) {
  auto const folder = fresh_folder();
  auto const out = (folder / "out").string();
  ASSERT_EQ(shell("tollgate fuzz --execs 5 --seed 5 --timeout-scale 0.1 --out " + out).exit, 0);
  write_finding(folder / "out" / "leak-x", "leak", "leak acme::keeps");
  write_finding(folder / "out" / "unconfirmed" / "leak-x-1", "leak", "leak acme::keeps");
  write_finding(folder / "out" / "earlier" / "1" / "leak-x", "leak", "leak acme::keeps");
  auto const listed = shell("tollgate list finding --scenarios " + out);
  EXPECT_EQ(listed.exit, 0) << listed.output;
  EXPECT_EQ(std::ranges::count(listed.output, '\n'), 2) << listed.output;  // the case, and the exit code
}

TEST(FuzzFinding, IsPlayedAgainFromAnyFolder) {
  auto const folder = fresh_folder();
  std::filesystem::create_directories(folder / "elsewhere");
  (void)leaky_server(folder);
  auto const sut = sut_file(folder / "sut.toml", "\"./leaky\"");
  write_finding(folder / "leak-x", "leak", "leak acme::keeps",
                "[server]\nseed = \"1\"\nsut = \"" + sut + "\"\nfolder = \"" + folder.string() + "\"\n");
  auto const ended = shell("cd " + (folder / "leak-x").string() + "; tollgate repro . --times 1");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("reproduced 1/1"));
}

/// A campaign over the leaky server in a folder, with more of the SUT file; its exit code is 1 where it was found.
Ended campaign(std::filesystem::path const& folder, std::string const& flags, std::string const& more = "") {
  (void)leaky_server(folder);
  (void)sut_file(folder / "sut.toml", "\"./leaky\"", more);
  return shell("cd " + folder.string() + "; tollgate fuzz --sut sut.toml --execs 5 --seed 5 --out out " + flags);
}
TEST(FuzzFinding, HasItsFilesItsFolderAndNoSecret) {
  auto const folder = fresh_folder();
  auto const first = campaign(folder, "", "env = { DB_PASSWORD = \"hunter2\" }\n");
  ASSERT_EQ(first.exit, 1) << first.output;
  EXPECT_THAT(first.output, HasSubstr("1 found, last new "));
  EXPECT_THAT(first.output, HasSubstr(" % of the time"));
  auto const name = finding_in(folder / "out");
  ASSERT_FALSE(name.empty());
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder / "out"))
    if (entry.is_regular_file()) EXPECT_THAT(read_file(entry.path()), Not(HasSubstr("hunter2"))) << entry.path();
  auto const results = read_file(folder / "out" / "results.json");
  for (auto const* const ending : {".jsonl", ".pcapng", ".svg"}) {
    auto const file = "tests/" + name + ending;
    EXPECT_THAT(results, HasSubstr(file));
    EXPECT_TRUE(std::filesystem::exists(folder / "out" / file)) << file;
  }
  EXPECT_THAT(results, HasSubstr("tollgate fuzz --sut sut.toml --execs 5 --seed 5"));
  EXPECT_THAT(results, Not(HasSubstr("tollgate run FUZZ")));
  EXPECT_THAT(read_file(folder / "out" / name / "repro.toml"), HasSubstr("folder = \"" + folder.string() + "\""));
  auto const repro = folder / "out" / name / "repro.sh";
  auto const with = [&](std::string const& password) { return shell("DB_PASSWORD=x PASSWORD=" + password + " " + repro.string()); };
  EXPECT_EQ(with("secret").exit, 1);
  EXPECT_THAT(with("secret").output, Not(HasSubstr("not come: "))) << "every step, behind the digest of this time's nonce";
  EXPECT_THAT(with("wrong").output, HasSubstr("not come: "));
  EXPECT_EQ(shell("PASSWORD=secret " + repro.string()).exit, 125) << "it was launched with a secret";
  EXPECT_THAT(shell(repro.string() + " --help").output, HasSubstr("DB_PASSWORD"));

  auto const second = campaign(folder, "", "env = { DB_PASSWORD = \"hunter2\" }\n");
  EXPECT_THAT(second.output, HasSubstr("note: what an earlier campaign has left in out lies in out/earlier/1 now"));
  EXPECT_TRUE(std::filesystem::exists(folder / "out" / "earlier" / "1" / name / "repro.toml"));
  auto const cases = read_file(folder / "out" / "cases.txt");
  EXPECT_EQ(std::ranges::count(cases, '\n'), 5) << cases;
}

/// Not only leaks show there: what its destructors do with what the flows have left is a crash like any other.
TEST(FuzzFinding, IsWhatTheServerShowsAtItsEnd) {
  auto const folder = fresh_folder();
  (void)server_that_says(folder, R"(==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n)"
                                 R"(    #0 0x2 in acme::ends(int) /src/acme.cpp:1:1\n\n)");
  (void)sut_file(folder / "sut.toml", "\"./leaky\"");
  auto const in_folder = "cd " + folder.string() + "; ";
  auto const ended = shell(in_folder + "tollgate fuzz --sut sut.toml --execs 5 --seed 5 --out out");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("FOUND crash-54ea48f4  heap-use-after-free in acme::ends\n"));
  EXPECT_THAT(ended.output, HasSubstr("reproduced 5 of 5 on a fresh server; case "));
  auto const name = finding_in(folder / "out");
  ASSERT_TRUE(name.starts_with("crash-")) << name;
  auto const again = shell(in_folder + "tollgate repro out/" + name + " --times 1");
  EXPECT_EQ(again.exit, 1) << again.output;
  auto const alone = shell(in_folder + "PASSWORD=secret out/" + name + "/repro.sh");
  EXPECT_EQ(alone.exit, 1) << alone.output;
}

/// That is its way, and says nothing of what was sent to it.
TEST(FuzzFinding, IsNotHowAServerAlwaysEnds) {
  auto const folder = fresh_folder();
  (void)server_that_says(folder, "bye");
  (void)sut_file(folder / "sut.toml", "\"./leaky\"");
  auto const ended = shell("cd " + folder.string() + "; tollgate fuzz --sut sut.toml --execs 5 --seed 5 --out out");
  EXPECT_EQ(ended.exit, 0) << ended.output;
}

/// The first server's leak, left as if Ctrl-C had come before it was made sure.
TEST(FuzzFinding, IsMadeSureByResumeWhereItWasInterrupted) {
  auto const folder = fresh_folder();
  auto const out = folder / "out";
  ASSERT_EQ(campaign(folder, "").exit, 1);
  auto const name = finding_in(out);
  auto const left = out / "unconfirmed" / (name + "-1");
  std::filesystem::create_directories(left.parent_path());
  std::filesystem::rename(out / name, left);
  auto const untried = shell("sed -i -e '/^reproduced = /d' -e '/^times = /d' " + (left / "repro.toml").string());
  ASSERT_EQ(untried.exit, 0) << untried.output;
  auto const resumed = campaign(folder, "--resume");
  EXPECT_EQ(resumed.exit, 1) << resumed.output;
  EXPECT_THAT(resumed.output, HasSubstr("note: 1 suspicion of the earlier part is made sure first"));
  EXPECT_THAT(resumed.output, HasSubstr("FOUND " + name));
  EXPECT_EQ(finding_in(out), name);
  EXPECT_FALSE(std::filesystem::exists(out / "unconfirmed"));
}

TEST(FuzzFinding, IsKnownAsLongAsTheBaselineHolds) {
  auto const folder = fresh_folder();
  ASSERT_EQ(campaign(folder, "").exit, 1);
  auto const name = finding_in(folder / "out");
  auto const baseline = [&](std::string const& id, std::string const& until) {
    (void)write_file(folder / "baseline.toml",
                     "[[known]]\ncase = \"" + id + "\"\nreason = \"leak\"\nissue = \"ACME-1\"\nuntil = " + until + "\n");
    return campaign(folder, "--resume --baseline baseline.toml --report junit=junit.xml");
  };
  auto const known = baseline(name, "2999-01-01");
  EXPECT_EQ(known.exit, 0) << known.output;
  EXPECT_THAT(read_file(folder / "out" / "results.json"), HasSubstr("\"known\": 1"));
  auto const expired = baseline(name, "2020-01-01");
  EXPECT_EQ(expired.exit, 5) << expired.output;
  EXPECT_THAT(expired.output, HasSubstr("expired on 2020-01-01"));
  EXPECT_THAT(read_file(folder / "junit.xml"), HasSubstr("expired on 2020-01-01"));
  EXPECT_EQ(baseline("ORD-99", "2999-01-01").exit, 1) << "what is new weighs more";
}

TEST(FuzzCampaign, NamesWhatItsBaselineCannotMean) {
  auto const folder = fresh_folder();
  auto const file = write_file(folder / "b.toml",
                               "[[known]]\ncase = \"ORD-99\"\nreason = \"x\"\nissue = \"A\"\nuntil = 2999-01-01\n"
                               "[[known]]\ncase = \"crash-00000000\"\nreason = \"x\"\nissue = \"B\"\nuntil = 2999-01-01\n");
  auto const ended = shell("tollgate fuzz --execs 5 --seed 5 --timeout-scale 0.1 --baseline " + file + out_folder());
  EXPECT_EQ(ended.exit, 5) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("there is no case ORD-99 (A)"));
  EXPECT_THAT(ended.output, HasSubstr("note: crash-00000000 (B) is known and was not seen this time"));
}

/// What there is nothing of to change, in the flows that were named; and an earlier part of a campaign with others.
TEST(FuzzCampaign, SaysWhatItsFlowsLack) {
  auto const out = (fresh_folder() / "out").string();
  auto const none = shell("tollgate fuzz REG-01 --channel msrp --execs 5 --timeout-scale 0.1 --out " + out);
  EXPECT_EQ(none.exit, 3) << none.output;
  EXPECT_THAT(none.output, HasSubstr("no flow that passes unchanged sends a message over what --channel names"));
  auto const other = (fresh_folder() / "other").string();
  EXPECT_EQ(shell("tollgate fuzz ORD-03 --execs 40 --seed 5 --timeout-scale 0.1 --out " + other).exit, 0);
  auto const resumed = shell("tollgate fuzz --resume --execs 20 --timeout-scale 0.1 --out " + other);
  EXPECT_EQ(resumed.exit, 0) << resumed.output;
}

TEST(FuzzCampaign, MakesItsFoldersBeforeItsFirstCase) {
  auto const folder = fresh_folder();
  auto const corpus = folder / "new" / "corpus";
  auto const small = std::string("tollgate fuzz --execs 5 --seed 5 --timeout-scale 0.1 ");
  EXPECT_EQ(shell(small + "--corpus " + corpus.string() + out_folder()).exit, 0);
  EXPECT_TRUE(std::filesystem::exists(corpus / "corpus.toml"));
  auto const file = write_file(folder / "file", "");
  for (auto const& flags : {"--out " + file, "--corpus " + file + "/in/it" + out_folder()}) {
    auto const ended = shell(small + flags);
    EXPECT_EQ(ended.exit, 74) << ended.output;
    EXPECT_THAT(ended.output, Not(HasSubstr("fuzzing"))) << "nothing was played";
    EXPECT_THAT(ended.output, Not(HasSubstr("internal error")));
  }
}

/// Stops a campaign by a signal as soon as it has written down some cases, and goes on: no case is played twice, and none is left out.
void goes_on_behind(std::string const& signal, int exit, std::string const& flags = "") {
  auto const out = fresh_folder() / "out";
  auto const stopped = shell("tollgate fuzz --execs 1000000 --seed 5 --timeout-scale 0.1" + flags + " --out '" + out.string() +
                             "' & campaign=$!\n" + "for i in $(seq 1200); do [ $(cat '" + (out / "cases.txt").string() +
                             "' 2>/dev/null | wc -l) -gt 5 ] && break; sleep 0.05; done\nkill -" + signal + " $campaign; wait $campaign");
  EXPECT_EQ(stopped.exit, exit) << stopped.output;
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr(signal == "KILL" ? "incomplete" : "\"exit\": 130"));
  auto const before = std::ranges::count(read_file(out / "cases.txt"), '\n');
  ASSERT_GT(before, 5);
  auto const ended = shell("tollgate fuzz --resume --execs 5 --timeout-scale 0.1 --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  auto const cases = read_file(out / "cases.txt");
  std::uint64_t last = 0;
  for (auto const line : split(cases, '\n')) {
    if (line.empty()) continue;
    auto const space = line.find(' ');
    auto const number = to_number<std::uint64_t>(line.substr(0, space)).value_or(0);
    EXPECT_EQ(number, last + 1) << line;
    last = number;
  }
  EXPECT_GE(last, static_cast<std::uint64_t>(before) + 5);
}

TEST(FuzzCampaign, GoesOnWhereItWasKilled) {
  goes_on_behind("KILL", 137);
}

TEST(FuzzCampaign, GoesOnWhereItWasInterrupted) {
  goes_on_behind("INT", 130);
}

TEST(FuzzCampaign, EndsAsLibFuzzerWhereItWasInterrupted) {
  goes_on_behind("INT", 72, " --libfuzzer-exits");
}

/// Our own server takes what it has to refuse, now and then.
TEST(FuzzCampaign, FindsAnswersThatNoStandardNamesWhereItIsAskedTo) {
  auto const folder = fresh_folder();
  std::string const campaign =
      "tollgate fuzz REG-01 --channel sip --feedback none --execs 1000 --seed 1 --timeout-scale 0.1 --out " + folder.string();
  EXPECT_EQ(shell(campaign + "/not").exit, 0);
  EXPECT_THAT(read_file(folder / "not/advisories.txt"), HasSubstr(" is right, "));
  auto const ended = shell(campaign + "/strict --strict-answers --libfuzzer-exits");
  EXPECT_EQ(ended.exit, 77) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("exit 77: something was found"));
  auto const at = ended.output.find("again: tollgate repro ");
  ASSERT_NE(at, std::string::npos) << ended.output;
  auto const repro = ended.output.substr(at + 7, ended.output.find('\n', at) - at - 7);
  EXPECT_THAT(repro, HasSubstr("/strict/misanswered-"));
  auto const finding = repro.substr(repro.rfind(' ') + 1);
  EXPECT_THAT(shell(repro).output, HasSubstr("reproduced 5/5"));
  EXPECT_THAT(shell(finding + "/repro.sh --times 5").output, HasSubstr("reproduced 5/5"));

  auto const smaller = shell("tollgate minimize --time 12s " + finding);
  EXPECT_EQ(smaller.exit, 0) << smaller.output;
  EXPECT_THAT(smaller.output, HasSubstr("reproduced 5/5"));
  EXPECT_THAT(read_file(std::filesystem::path(finding) / "original.toml"), HasSubstr("kind = \"misanswered\""));
  EXPECT_THAT(read_file(std::filesystem::path(finding) / "repro.toml"), HasSubstr(" without ")) << "a field that it does not need";
  EXPECT_THAT(shell(repro).output, HasSubstr("reproduced 5/5"));
  EXPECT_THAT(shell(finding + "/repro.sh --times 5").output, HasSubstr("reproduced 5/5")) << "the folder holds the smaller one";
}

TEST(FuzzCampaign, TakesNoNumberBelowNothing) {
  for (auto const* const flag : {"--execs -1", "--execs 0x10", "--jobs -1", "--servers -1", "--seed -1", "--timeout-scale -1"})
    EXPECT_EQ(shell(std::string("tollgate fuzz ") + flag + out_folder()).exit, 64) << flag;
  EXPECT_EQ(shell("tollgate run --sim ORD-03 --max-fail -1" + out_folder()).exit, 64);
  EXPECT_EQ(shell("tollgate repro x --times -1").exit, 64);
}

}  // namespace
}  // namespace tollgate::selftest
