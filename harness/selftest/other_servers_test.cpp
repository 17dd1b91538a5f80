// A SUT that is not embedded: launched from a SUT file, running already, dying in the middle.
#include <gmock/gmock.h>

#include "selftest/fake_sut_test.hpp"
#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Sut {
  std::filesystem::path folder = fresh_folder();
  std::string sip = free_address();
  std::string charging = free_address();

  /// The SUT file; `more` goes into [sut].
  [[nodiscard]] std::string file(std::string const& more) const {
    return write_file(folder / "sut.toml",
                      "[sut]\nname = \"acme-im\"\nsip = \"udp:" + sip + "\"\n" + more + "[charging]\nlisten = \"" + charging + "\"\n");
  }
  [[nodiscard]] std::string run(std::string const& file, std::string const& selection) const {
    return "tollgate run " + selection + " --sut " + file + " --out " + (folder / "out").string();
  }
};

TEST(OtherServers, OneThatTollgateLaunches) {
  Sut const sut;
  auto const file =
      sut.file("launch = [\"" + bin + "/imserver\", \"--sip\", \"" + sut.sip + "\", \"--ce\", \"{charging}\"]\nready = \"READY\"\n");
  auto const ended = shell(sut.run(file, "ORD-01 ORD-02 DBT-01"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("acme-im"));
}

/// Who reads the log at a terminal sees what the server wrote, and nothing of what that would do to a terminal.
TEST(OtherServers, OneWhoseOutputHasEscapeSequences) {
  Sut const sut;
  auto const file = sut.file("launch = [\"/bin/sh\", \"-c\", \"printf '\\\\033[31mred\\\\n'; exec " + bin + "/imserver --sip " + sut.sip +
                             " --ce " + sut.charging + "\"]\nready = \"READY\"\n");
  auto const ended = shell(sut.run(file, "ORD-01"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  auto const log = read_file(sut.folder / "out/tollgate.log");
  EXPECT_THAT(log, HasSubstr("\\x1b[31mred\n"));
  EXPECT_THAT(log, Not(HasSubstr("\x1b")));
}

TEST(OtherServers, OneThatRunsAlready) {
  Sut const sut;
  auto const file = sut.file("");
  auto const ended = shell("imserver --sip " + sut.sip + " --ce " + sut.charging + " & server=$!; " +
                           sut.run(file, "ORD-01 ORD-02 DBT-01") + "; code=$?; kill $server; wait $server; exit $code");
  EXPECT_EQ(ended.exit, 0) << ended.output;
}

TEST(OtherServers, OneThatIsReachedOverTcp) {
  Sut const sut;
  auto const file = write_file(sut.folder / "tcp.toml", "[sut]\nsip = \"tcp:" + sut.sip + "\"\nlaunch = [\"" + bin +
                                                            "/imserver\", \"--sip\", \"" + sut.sip + "\", \"--ce\", \"{charging}\"]\n");
  auto const ended = shell(sut.run(file, "ORD-01 ORD-02 DBT-02"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
}

/// Every user is challenged; the trace shows the 401, the case does not.
TEST(OtherServers, OneThatAsksForPasswords) {
  Sut const sut;
  auto const file = write_file(sut.folder / "auth.toml",
                               "[sut]\nsip = \"udp:" + sut.sip + "\"\nlaunch = [\"" + bin + "/imserver\", \"--sip\", \"" + sut.sip +
                                   "\", \"--ce\", \"{charging}\", \"--auth\", \"secret\"]\n[users]\npassword = \"secret\"\n");
  auto const ended = shell(sut.run(file, "ORD-01 DBT-02 REG-02 REG-05 REG-10 RSV-06b"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_TRUE(read_file(sut.folder / "out/tests/ORD-01.jsonl").contains("401 REGISTER"));
}

/// A load balancer that looks whether the port is open takes nothing of a case along: credit that stays held (M23) is still told.
TEST(OtherServers, OneBesideWhomAHealthCheckConnects) {
  Sut const sut;
  auto const file = sut.file("launch = [\"" + bin + "/imserver\", \"--sip\", \"" + sut.sip +
                             "\", \"--ce\", \"{charging}\", \"--fault\", \"M23\", \"--clock-scale\", \"0.1\"]\nready = \"READY\"\n");
  std::ofstream(file, std::ios::app) << "[timers]\nmsrp_transaction = \"3s\"\n";
  auto const at = sut.charging.find(':');
  auto const port = "/dev/tcp/" + sut.charging.substr(0, at) + "/" + sut.charging.substr(at + 1);
  auto const checks = write_file(sut.folder / "checks.sh", "while sleep 0.05; do (exec 3<>" + port + ") 2>/dev/null; done\n");
  auto const ended =
      shell("bash " + checks + " & checks=$!; " + sut.run(file, "INV-01 --timeout-scale 0.1") + "; code=$?; kill $checks; exit $code");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("INV-01"));
  EXPECT_THAT(ended.output, HasSubstr("G5 "));
  EXPECT_THAT(read_file(sut.folder / "out/peers.jsonl"), HasSubstr("closed"));
  EXPECT_THAT(read_file(sut.folder / "out/tests/INV-01.jsonl"), Not(HasSubstr("\"closed\",\"channel\":\"ch2\"")));
}

/// A program that stores a message by SIPp: USER TEXT.
std::string storing_script(Sut const& sut) {
  auto const message = write_file(sut.folder / "message.xml", R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<scenario name="a MESSAGE"><send><![CDATA[

MESSAGE sip:[service]@ims.example SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: <sip:store@ims.example>;tag=[call_number]
To: <sip:[service]@ims.example>
Call-ID: [call_id]
CSeq: 1 MESSAGE
Content-Type: text/plain
Content-Length: [len]

[text]]]></send><recv response="202"/></scenario>
)");
  auto script =
      write_file(sut.folder / "store.sh", "#!/bin/sh\nuser=${1#sip:}\nexec timeout 20 sipp " + sut.sip + " -sf " + message +
                                              " -m 1 -nostdin -timeout 5s -i 127.0.0.1 -s \"${user%@*}\" -key text \"$2\" >/dev/null\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  return script;
}

/// store.method "preloaded": one message lies for each user before the run.
TEST(OtherServers, OneWhoseMessagesLieThereAlready) {
  Sut const sut;
  auto const script = storing_script(sut);
  auto const file = sut.file("");
  std::ofstream(file, std::ios::app) << "[users]\ncount = 6\n[store]\nmethod = \"preloaded\"\n";
  auto const ended = shell("imserver --sip " + sut.sip + " --ce " + sut.charging + " & server=$!; for n in 1 2 3 4 5 6; do until " +
                           script + " sip:user$n@ims.example 'message 1'; do sleep 0.1; done; done; " +
                           sut.run(file, "ORD-01 ORD-02 DBT-01 RC-11") + "; code=$?; kill $server; wait $server; exit $code");
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, testing::ContainsRegex("PASS .*ORD-01"));
  EXPECT_THAT(ended.output, testing::ContainsRegex("PASS .*DBT-01"));
  EXPECT_THAT(ended.output, testing::ContainsRegex("N/A .*ORD-02.*store.method \"preloaded\""));
  EXPECT_THAT(ended.output, testing::ContainsRegex("N/A .*RC-11.*store.method \"preloaded\""));
  EXPECT_FALSE(read_file(sut.folder / "out/tests/ORD-01.jsonl").contains("\"MESSAGE\""));
}

/// store.method "command": here SIPp stores them, with a scenario of its own.
TEST(OtherServers, OneWhoseMessagesAProgramStores) {
  Sut const sut;
  auto const script = storing_script(sut);
  auto const launch = "launch = [\"" + bin + "/imserver\", \"--sip\", \"" + sut.sip + "\", \"--ce\", \"{charging}\"]\nready = \"READY\"\n";
  auto const file = sut.file(launch);
  std::ofstream(file, std::ios::app) << "[store]\nmethod = \"command\"\ncommand = [\"" << script << "\", \"{user}\", \"{text}\"]\n";
  auto const ended = shell(sut.run(file, "ORD-01 DBT-01"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_FALSE(read_file(sut.folder / "out/tests/ORD-01.jsonl").contains("\"MESSAGE\""));
  auto const failing = read_file(file);
  write_file(file, failing.substr(0, failing.find("command = [")) + "command = [\"/bin/false\", \"{user}\", \"{text}\"]\n");
  auto const not_stored = shell(sut.run(file, "ORD-01"));
  EXPECT_EQ(not_stored.exit, 2) << not_stored.output;
  EXPECT_THAT(not_stored.output, HasSubstr("/bin/false ended with exit 1"));
}

/// Started for the run and anew for each of its cases.
TEST(OtherServers, OneThatStartsAnewForEachCase) {
  Sut const sut;
  auto const starts = (sut.folder / "starts").string();
  auto const script = write_file(sut.folder / "im.sh", "#!/bin/sh\necho start >> " + starts + "\nexec " + bin + "/imserver \"$@\"\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  auto const file = sut.file("launch = [\"" + script + "\", \"--sip\", \"" + sut.sip +
                             "\", \"--ce\", \"{charging}\"]\nready = \"READY\"\nrestart = \"per-case\"\n");
  auto const ended = shell(sut.run(file, "ORD-12 DBT-02 NC-01"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_EQ(read_file(starts), "start\nstart\nstart\nstart\n");
}

/// What a script starts ends with it: else its address would be taken in the second run.
TEST(OtherServers, OneThatAScriptStarts) {
  Sut const sut;
  auto const file = sut.file("launch = [\"/bin/sh\", \"-c\", \"" + bin + "/imserver --sip " + sut.sip +
                             " --ce {charging} & wait\"]\nready = \"READY\"\n");
  for (int i = 0; i < 2; ++i) {
    auto const ended = shell(sut.run(file, "ORD-12"));
    EXPECT_EQ(ended.exit, 0) << ended.output;
  }
}

/// SIGTERM before the first case: 130, the reports, and no server that lives on.
TEST(OtherServers, OneThatIsStillAwaitedWhenTheRunIsInterrupted) {
  Sut const sut;
  auto const alive = (sut.folder / "alive").string();
  auto const file = sut.file("launch = [\"/bin/sh\", \"-c\", \"echo $$ > " + alive + "; exec sleep 60\"]\nready = \"READY\"\n");
  auto const ended = shell(sut.run(file, "ORD-12") + " & run=$!; while [ ! -s " + alive +
                           " ]; do sleep 0.05; done; kill -TERM $run; wait $run; code=$?; " + "kill -0 $(cat " + alive +
                           ") 2>/dev/null && echo it lives on; exit $code");
  EXPECT_EQ(ended.exit, 130) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("exit 130"));
  EXPECT_THAT(ended.output, Not(HasSubstr("it lives on")));
  EXPECT_THAT(read_file(sut.folder / "out/junit.xml"), HasSubstr("interrupted before its first case"));
}

/// It dies while cases run: every planned case has a verdict, and the JUnit file says what happened.
TEST(OtherServers, OneThatDiesInTheMiddle) {
  Sut const sut;
  auto const script =
      write_file(sut.folder / "mortal.sh", "#!/bin/sh\n" + bin + "/imserver \"$@\" & server=$!\n" +
                                               until_there(sut.folder / "out/tests/*.jsonl") + "; kill -9 $server; wait $server; exit 7\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  auto const file =
      sut.file("launch = [\"" + script + "\", \"--sip\", \"" + sut.sip + "\", \"--ce\", \"{charging}\"]\nready = \"READY\"\n");
  auto const ended = shell(sut.run(file, "ORD REG-05 RSV-01 DBT-01 DBT-02 DBT-04 NC-01 --jobs 2"));
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("exit 7"));
  auto const junit = read_file(sut.folder / "out/junit.xml");
  for (auto const* id : {"ORD-01", "ORD-02", "ORD-03", "ORD-05", "ORD-06", "ORD-08", "ORD-12", "ORD-13", "REG-05", "RSV-01", "DBT-01",
                         "DBT-02", "DBT-04", "NC-01"})
    EXPECT_THAT(junit, HasSubstr(id));
  EXPECT_THAT(junit, HasSubstr("exit 7"));
  EXPECT_THAT(junit, Not(HasSubstr("type=\"incomplete\""))) << "a verdict, not a gap";
}

/// Nobody tells us that a server which ran already has ended, or that it hangs: OPTIONS find out, and the run ends as it does
/// with one of our own.
TEST(OtherServers, OneThatRanAlreadyAndDiesOrHangsInTheMiddle) {
  for (auto const* signal : {"KILL", "STOP"}) {
    Sut const sut;
    auto const file = sut.file("");
    auto const ended = shell("imserver --sip " + sut.sip + " --ce " + sut.charging + " & server=$!; " +
                             sut.run(file, "ORD REG-05 RSV-01 DBT-01 DBT-02 DBT-04 NC-01 --jobs 2") + " & run=$!; " +
                             until_there(sut.folder / "out/tests/*.jsonl") + "; kill -" + signal +
                             " $server; wait $run; code=$?; kill -KILL $server; exit $code");
    EXPECT_EQ(ended.exit, 1) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("no answer to 3 OPTIONS at udp " + sut.sip));
    EXPECT_THAT(ended.output, testing::ContainsRegex("INCONC .*ORD-06, ORD-0")) << "together, not one by one";
    auto const junit = read_file(sut.folder / "out/junit.xml");
    for (auto const* id : {"ORD-01", "ORD-12", "REG-05", "RSV-01", "DBT-04", "NC-01"}) EXPECT_THAT(junit, HasSubstr(id));
    EXPECT_THAT(junit, HasSubstr("SUT ended"));
    EXPECT_THAT(junit, Not(HasSubstr("message=\"missing"))) << "a dead server is not charged case by case";
    EXPECT_THAT(junit, Not(HasSubstr("type=\"incomplete\"")));
  }
}

TEST(OtherServers, OneWhoseDiameterConnectionSaysNothingIs69) {
  Sut const sut;
  FakeSut const fake(sut.sip, sut.charging, {.says_hello = false});
  auto const ended = shell(sut.run(sut.file(""), "ORD-01"));
  EXPECT_EQ(ended.exit, 69) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("its Diameter connection sent no CER"));
}

/// Whatever belongs to no case is judged as well: here the answer to the OPTIONS before the first case.
TEST(OtherServers, OneThatBreaksAGrammarOutsideOfAnyCase) {
  Sut const sut;
  FakeSut const fake(sut.sip, sut.charging, {.names_from = false});
  auto const ended = shell(sut.run(sut.file(""), "ORD-01"));
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("FAIL PEERS"));
  EXPECT_THAT(ended.output, HasSubstr("G12"));
  EXPECT_THAT(read_file(sut.folder / "out/junit.xml"), HasSubstr("PEERS"));
  EXPECT_TRUE(std::filesystem::exists(sut.folder / "out/tests/PEERS.pcapng"));
  EXPECT_EQ(shell("tollgate judge " + (sut.folder / "out/peers.jsonl").string()).exit, 1);
}

}  // namespace
}  // namespace tollgate::selftest
