// `tollgate run --client sipp`: SIPp plays the SIP legs, on real sockets.
#include <gmock/gmock.h>
#include <map>

#include "base/text.hpp"
#include "selftest/crossed_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string const sipp = "tollgate run --client sipp --timeout-scale 0.3 ";

TEST(SippClient, PlaysTheOrderGroup) {
  auto const out = fresh_folder() / "out";
  auto const ended = shell(sipp + "ORD --out " + out.string());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("14 run: 14 pass"));
  auto const trace = read_file(out / "tests/ORD-01.jsonl");
  for (auto const* scene : {"message", "register", "accept"})
    EXPECT_THAT(trace, HasSubstr(std::string("SIPp ") + scene + ".xml: exit 0")) << "what SIPp thought of it is in the trace";
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr("tollgate run ORD-01 --seed")) << "the command that plays it again";
  EXPECT_THAT(read_file(out / "results.json"), HasSubstr("--client sipp"));
}

/// Beside those of ORDER.
TEST(SippClient, PlaysThirtyPurposesMore) {
  auto const ended = shell(sipp + "REG INV" + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  auto const at = ended.output.find(" run: ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GE(std::stoi(ended.output.substr(at + 6)), 30) << ended.output;
}

/// The reason that the console gives for a case that failed; "" where it did not.
std::string reason(std::string const& command, std::string const& id) {
  auto const ended = shell(command + out_folder());
  for (auto const line : split(ended.output, '\n'))
    if (line.contains("FAIL [") && line.contains("] " + id + " ")) return std::string(line.substr(line.rfind(": ") + 2));
  return "";
}

TEST(SippClient, FaultsAreCaughtForTheReasonOfTheNativeClient) {
  for (auto const& [fault, id] : {std::pair("M01", "ORD-03"), std::pair("M05", "ORD-06"), std::pair("M26", "NC-01"),
                                  std::pair("M82", "BYE-01"), std::pair("M142b", "INV-04")}) {
    auto const arguments = std::string(id) + " --fault " + fault + " --timeout-scale 0.3 --client ";
    auto const native = reason("tollgate run " + arguments + "native", id);
    EXPECT_NE(native, "") << fault;
    EXPECT_EQ(reason("tollgate run " + arguments + "sipp", id), native) << fault;
  }
}

/// The tap speaks to the server as the native client would: every message goes that way and says so.
TEST(SippClient, PlaysOverEveryTransport) {
  struct {
    char const* flags;
    trace::Transport over;
    char const* host;
    char const* via;
  } const ways[] = {{"--sip tcp", trace::Transport::tcp, "127.0.0.1", "Via: SIP/2.0/TCP 127.0.0.1:"},
                    {"--sip tls --charging tls", trace::Transport::tls, "127.0.0.1", "Via: SIP/2.0/TLS 127.0.0.1:"},
                    {"--ip 6", trace::Transport::udp, "::1", "Via: SIP/2.0/UDP [::1]:"},
                    {"--sip tls --ip 6", trace::Transport::tls, "::1", "Via: SIP/2.0/TLS [::1]:"}};
  for (auto const& way : ways) {
    auto const out = fresh_folder() / "out";
    auto const ended = shell(sipp + "ORD-01 ORD-03 ORD-12 INV-05 REG-05 BYE-01 NC-01 " + way.flags + " --out " + out.string());
    EXPECT_EQ(ended.exit, 0) << way.flags << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("8 run: 8 pass")) << way.flags;
    auto const sip = crossed(out / "tests/ORD-12.jsonl", trace::Channel::sip);
    EXPECT_THAT(sip.over, testing::ElementsAre(way.over)) << way.flags;
    EXPECT_THAT(sip.hosts, testing::ElementsAre(way.host)) << "SIPp's own addresses are not seen";
    EXPECT_THAT(sip.octets, HasSubstr(way.via));
    for (auto const* scene : {"message", "register", "accept"})
      EXPECT_THAT(read_file(out / "tests/ORD-12.jsonl"), HasSubstr(std::string("SIPp ") + scene + ".xml: exit 0"));
  }
}

/// A SUT file for a server of ours that asks for a password, and the one that its users have.
std::string asking_server(std::filesystem::path const& folder, std::string const& transport, std::string const& asks_for,
                          std::string const& have) {
  auto const sip = free_address();
  return write_file(folder / "auth.toml", "[sut]\nsip = \"" + (transport + sip) + "\"\nlaunch = [\"" + bin + "/imserver\", \"--sip\", \"" +
                                              sip + "\", \"--ce\", \"{charging}\", \"--auth\", \"" + asks_for +
                                              "\"]\n[users]\npassword = \"" + have + "\"\n");
}

/// Every user is challenged, and SIPp proves who it is, over TCP as well; no list of processes shows a password that SIPp's scenarios can hold.
TEST(SippClient, AnswersAChallenge) {
  struct Way {
    char const* transport;
    std::string password;
    bool is_hidden;
  };
  for (auto const& way : {Way{"udp:", "secret", true}, Way{"tcp:", "s3-Cr.t_~9", true}, Way{"udp:", "two words]=", false}}) {
    auto const folder = fresh_folder();
    auto const file = asking_server(folder, way.transport, way.password, way.password);
    auto const arguments = folder / "arguments";
    auto const script = write_file(folder / "sipp", "#!/bin/sh\necho \"$@\" >> " + arguments.string() + "\nexec /usr/bin/sipp \"$@\"\n");
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    auto const out = folder / "out";
    auto const ended =
        shell("PATH=" + folder.string() + ":$PATH; tollgate run ORD-10 --client sipp --sut " + file + " --out " + out.string());
    EXPECT_EQ(ended.exit, 0) << ended.output;
    EXPECT_THAT(read_file(out / "tests/ORD-10.jsonl"), HasSubstr("SIPp register_digest.xml: exit 0"));
    auto const shown = read_file(arguments);
    EXPECT_THAT(shown, HasSubstr("register_digest"));
    EXPECT_EQ(shown.contains(way.password), !way.is_hidden) << shown;
  }
}

/// Each REGISTER goes on behind the one that SIPp has written, also the one that ends the registration.
TEST(SippClient, RegistersAgainWhereEveryRequestIsChallenged) {
  auto const folder = fresh_folder();
  auto const file = asking_server(folder, "udp:", "secret", "secret");
  auto const ended = shell(sipp + "REG-05 REG-06 REG-07 BYE-06 NC-12 --sut " + file + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("5 run: 5 pass"));
}

TEST(SippClient, SaysWhatItCannotDo) {
  auto const in_simulated_time = shell("tollgate run ORD-01 --client sipp --sim" + out_folder());
  EXPECT_EQ(in_simulated_time.exit, 64);
  EXPECT_THAT(in_simulated_time.output, HasSubstr("it has no --sim"));
  auto const without = shell("tollgate run ORD-01 --sipp-session /dev/null" + out_folder());
  EXPECT_EQ(without.exit, 64);
  EXPECT_THAT(without.output, HasSubstr("say --client sipp"));
  auto const missing = shell("PATH=" + bin + "; tollgate run ORD-01 --client sipp" + out_folder());
  EXPECT_EQ(missing.exit, 64);
  EXPECT_THAT(missing.output, HasSubstr("cannot start sipp"));
  EXPECT_THAT(missing.output, HasSubstr("sip-tester"));
  auto const old = fresh_folder();
  auto const script = write_file(old / "sipp", "#!/bin/sh\necho ' SIPp v3.3-TLS.'\nexit 99\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  auto const too_old = shell("PATH=" + old.string() + ":$PATH; tollgate run ORD-01 --client sipp" + out_folder());
  EXPECT_EQ(too_old.exit, 64);
  EXPECT_THAT(too_old.output, HasSubstr("SIPp 3.3 is too old"));
  EXPECT_THAT(shell("PATH=" + old.string() + ":$PATH; tollgate doctor").output, HasSubstr("SIPp 3.3 is too old"));
}

/// A SIPp that ends at once, or does not come to be one, leaves its exit code and what it says.
TEST(SippClient, HowASippEndedIsInTheTrace) {
  struct {
    char const* does;
    char const* account;
  } const all[] = {{"exit 7", "SIPp accept.xml: exit 7"},
                   {"echo 'sipp: error while loading shared libraries: libfoo.so' >&2; exit 127",
                    "SIPp accept.xml: exit 127: sipp: error while loading shared libraries: libfoo.so"}};
  for (auto const& [does, account] : all) {
    auto const folder = fresh_folder();
    auto const script = write_file(
        folder / "sipp", std::string("#!/bin/bash\ncase \"$*\" in *accept_200*) ") + does + ";; *) exec \"$SIPP\" \"$@\";; esac\n");
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    auto const ended =
        shell("export SIPP=$(command -v sipp); PATH=" + folder.string() + ":$PATH; " + sipp + "ORD-01 --out " + (folder / "out").string());
    EXPECT_EQ(ended.exit, 3) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr(account));
    EXPECT_THAT(read_file(folder / "out/tests/ORD-01.jsonl"), HasSubstr(account));
  }
}

/// SIPp 3.6 goes on behind a message that it had not expected, and lives until the case ends.
TEST(SippClient, WhatALivingSippComplainsOfIsInTheSentence) {
  auto const folder = fresh_folder();
  auto const file = asking_server(folder, "udp:", "another", "secret");
  auto const ended = shell("tollgate run ORD-01 --client sipp --sut " + file + " --out " + (folder / "out").string());
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("SIPp register_digest.xml: ended by us, with the case: Continuing call on unexpected message"));
}

TEST(SippClient, WithoutAFolderForItsFilesARunIsRefused) {
  for (auto const* flags : {"--client sipp", "--sim"}) {
    auto const ended = shell(std::string("TMPDIR=/nonexistent tollgate run ORD-01 ") + flags + out_folder());
    EXPECT_EQ(ended.exit, 64) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("TMPDIR names no"));
  }
}

TEST(SippClient, StoresAMessageWithoutContent) {
  auto const folder = fresh_folder();
  write_file(folder / "empty.xml", R"(<?xml version="1.0" encoding="UTF-8"?>
<scenario id="MINE-01" clause="RFC 3428 4" strength="shall" kind="live">
  <purpose>A message without content is stored.</purpose>
  <deposit to="alice" empty="yes"/>
  <given state="invited"/>
  <answer by="alice" to="invite" status="486"/>
  <expect by="ocs" message="close"/>
</scenario>
)");
  auto const ended = shell(sipp + "MINE-01 --scenarios " + folder.string() + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
}

/// A case that no SIPp can play says so.
TEST(SippClient, WhatItCannotPlayIsNotApplicable) {
  auto const ended = shell(sipp + "MS-02 NT-09 ORD-10" + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, testing::ContainsRegex("N/A .*NT-09.*needs the native client: 60 flows at once"));
  EXPECT_THAT(ended.output, testing::ContainsRegex("PASS .*ORD-10"));
}

/// Ctrl-C in the middle leaves no process and no folder behind.
TEST(SippClient, LeavesNothingBehind) {
  auto const tmp = fresh_folder();
  auto const ended = shell("export TMPDIR=" + tmp.string() + "; tollgate run ORD-06 --client sipp" + out_folder() + " & run=$!; " +
                           until_there("$TMPDIR/tollgate-sipp-*/accept_200.xml") +
                           "; kill -INT $run; "
                           "wait $run; echo ended $?; ls $TMPDIR; for of in $(grep -ls \"TMPDIR=$TMPDIR\" /proc/[0-9]*/environ); do "
                           "readlink \"${of%environ}exe\"; done");
  EXPECT_THAT(ended.output, HasSubstr("ended 130"));
  auto const rest = ended.output.substr(ended.output.find("ended 130"));
  EXPECT_THAT(rest, Not(HasSubstr("tollgate-sipp-"))) << "its folder";
  EXPECT_THAT(rest, Not(HasSubstr("/sipp"))) << "its processes";
}

}  // namespace
}  // namespace tollgate::selftest
