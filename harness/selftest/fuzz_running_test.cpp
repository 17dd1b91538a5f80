// The campaign against a server that is not the embedded one: not ours to launch, killed, restarted by another, short of users.
#include <filesystem>
#include <gmock/gmock.h>

#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Running {
  std::filesystem::path folder = fresh_folder();
  std::string sip = free_address(), charging = free_address();
  std::string imserver = "imserver --sip " + sip + " --ce " + charging + " --watchdog 6";

  [[nodiscard]] std::string file(std::string const& more = "", std::string const& users = "2000") const {
    return write_file(folder / "sut.toml", "[sut]\nname = \"acme-im\"\nsip = \"udp:" + sip + "\"\n" + more + "[charging]\nlisten = \"" +
                                               charging + "\"\n[timers]\ndiameter_watchdog = \"6s\"\n[users]\ncount = " + users + "\n");
  }
  [[nodiscard]] std::string fuzz(std::string const& sut, std::string const& how) const {
    return "tollgate fuzz --sut " + sut + " --seed 4 --jobs 8 --out " + (folder / "out").string() + " " + how;
  }
  /// `[sut]` of a server that is launched so.
  [[nodiscard]] std::string launched(std::string const& command) const {
    return "launch = [\"/bin/sh\", \"-c\", \"" + command + "\"]\nready = \"READY\"\n";
  }
  /// Until the campaign has played this many cases, or half a minute.
  [[nodiscard]] std::string has_played(unsigned cases) const {
    return "i=0; while [ $i -lt 300 ] && [ \"$(wc -l 2>/dev/null < " + (folder / "out/cases.txt").string() + " || echo 0)\" -lt " +
           std::to_string(cases) + " ]; do sleep 0.1; i=$((i+1)); done";
  }
};

/// Nobody can have a fresh one: its own word is enough.
TEST(FuzzRunning, AServerThatDiesAndIsNotOursIsAFinding) {
  Running const one;
  auto const ended = shell(one.imserver + " & server=$!; { " + one.has_played(20) + "; kill -9 $server; } & " +
                           one.fuzz(one.file(), "--time 60s") + "; code=$?; kill -9 $server 2>/dev/null; exit $code");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("FOUND crash-"));
  EXPECT_THAT(ended.output, HasSubstr("0 of 0 times played again: the server is not ours to launch and answers no more"));
  EXPECT_THAT(ended.output, HasSubstr("\n      not played again; case "));
  EXPECT_THAT(ended.output, Not(HasSubstr("does not pass by itself"))) << "each flow has a user of its own";
}

TEST(FuzzRunning, AServerThatHangsAndIsNotOursIsAFinding) {
  Running const one;
  auto const ended = shell(one.imserver + " & server=$!; { " + one.has_played(20) + "; kill -STOP $server; } & " +
                           one.fuzz(one.file(), "--time 60s") + "; code=$?; kill -9 $server; exit $code");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("FOUND hang-"));
  EXPECT_THAT(ended.output, HasSubstr("0 of 0 times played again"));
}

/// It is back before it is asked for: that nobody was there for a moment says enough. No change ends the CH-2 connection that it has to let
/// go of.
TEST(FuzzRunning, ARestartByAnotherIsNoticed) {
  Running const one;
  auto const pid = (one.folder / "pid").string();
  auto const serves = one.imserver + " & echo $! > " + pid;
  auto const ended =
      shell(serves + "; { " + one.has_played(20) + "; kill -9 $(cat " + pid + "); sleep 1; " + serves + "; } & " +
            one.fuzz(one.file(), "--time 25s --channel sip") + "; code=$?; sleep 0.5; kill -9 $(cat " + pid + "); exit $code");
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("note: crash-"));
  EXPECT_THAT(ended.output, HasSubstr("the server let go of its CH-2 connection, and nobody was at " + one.sip + " any more"));
}

TEST(FuzzRunning, AServerWithoutUsersBeginsAnew) {
  Running const one;
  auto const ended = shell(one.fuzz(one.file(one.launched("exec " + bin + "/" + one.imserver), "12"), "--execs 150"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("all 12 users of the SUT file are taken, or left with something that the server keeps"));
  EXPECT_THAT(ended.output, HasSubstr("#150  ")) << "who found no user was played later";
}

TEST(FuzzRunning, ALaunchThatFailsIsTriedAgain) {
  Running const one;
  auto const count = (one.folder / "count").string();
  auto const fails_once = "echo >> " + count + "; [ $(wc -l < " + count + ") -eq 10 ] && exit 1; exec " + bin + "/" + one.imserver;
  auto const ended = shell(one.fuzz(one.file(one.launched(fails_once)), "--execs 10"));
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("#10  "));
}

TEST(FuzzRunning, WhatIsInterruptedBeforeItWasMadeSureIsLeft) {
  Running const one;
  auto const file = one.file(one.launched("exec timeout -s KILL 6 " + bin + "/" + one.imserver));
  auto const log = (one.folder / "log").string();
  auto const ended =
      shell("{ " + one.fuzz(file, "--time 60s") + "; } > " + log + " & fuzz=$!; i=0; while [ $i -lt 300 ] && ! grep -q " +
            "'making sure of crash-' " + log + "; do sleep 0.1; i=$((i+1)); done; kill -INT $(pgrep -P $fuzz tollgate || echo $fuzz); " +
            "wait $fuzz; code=$?; cat " + log + "; exit $code");
  EXPECT_EQ(ended.exit, 130) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("(Killed); interrupted before it was made sure: "));
  EXPECT_TRUE(std::filesystem::exists(one.folder / "out/unconfirmed"));
}

}  // namespace
}  // namespace tollgate::selftest
