// A second opinion on every octet: tshark reads what crosses the loopback in a run, and the captures that a run leaves.
#include <algorithm>
#include <gmock/gmock.h>

#include "base/text.hpp"
#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;

std::size_t lines(std::string const& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

/// Packets of a capture that a display filter accepts; stderr goes elsewhere, so a line is a packet. A tshark that could not read
/// the capture to its end has found nothing out.
std::string packets(std::string const& read, std::string const& filter) {
  auto const ended = shell("tshark " + read + " -Y '" + filter + "' 2>/dev/null");
  EXPECT_EQ(ended.exit, 0) << "tshark " << read << " -Y '" << filter << "'";
  return ended.output;
}

constexpr char const* malformed = "_ws.malformed || _ws.expert.severity == error";

/// A loopback address that no other test of this machine uses, so that the capture holds this run and nothing else.
struct Quiet {
  std::string fault{};  ///< more arguments of the server
  std::filesystem::path folder = fresh_folder();
  std::string host = "127.7." + std::to_string(::getpid() / 250 % 250 + 1) + "." + std::to_string(::getpid() % 250 + 1);
  std::string file = write_file(folder / "sut.toml", "[sut]\nname = \"imserver\"\nsip = \"udp:" + host + ":5060\"\nlaunch = [\"" + bin +
                                                         "/imserver\", \"--sip\", \"" + host + ":5060\", \"--ce\", \"{charging}\"" + fault +
                                                         "]\nready = \"READY\"\n[charging]\nlisten = \"" + host +
                                                         ":3868\"\n[client]\nbind = \"" + host + "\"\n");
};

struct Captured {
  std::string file;
  std::string log;  ///< of tshark
  Ended run;
  [[nodiscard]] bool was_allowed() const { return !log.contains("permission"); }
};

/// What crosses the loopback while those cases run.
Captured captured(Quiet const& quiet, std::string const& cases) {
  auto const capture = (quiet.folder / "live.pcapng").string();
  auto const log = (quiet.folder / "tshark.log").string();
  // The capture is running when tshark says so; it gets a moment to write what the kernel has buffered.
  auto const ended = shell("tshark -q -i lo -f 'host " + quiet.host + "' -w " + capture + " >" + log +
                           " 2>&1 & capture=$!; "
                           "for try in $(seq 100); do grep -q 'Capture started' " +
                           log + " && break; sleep 0.1; done; tollgate run " + cases + " --sut " + quiet.file + " --out " +
                           (quiet.folder / "out").string() + "; code=$?; sleep 1; kill -INT $capture; wait $capture; exit $code");
  return {capture, read_file(log), ended};
}

TEST(Wireshark, FindsNothingMalformedInWhatCrossesTheLoopback) {
  auto const live = captured({}, "ORD-01 ORD-02 ORD-12 DBT-02 NC-01");
  ASSERT_EQ(live.run.exit, 0) << live.run.output;
  if (!live.was_allowed()) GTEST_SKIP() << "this user may not capture on the loopback: " << live.log;
  auto const read = "-r " + live.file;
  EXPECT_GT(lines(packets(read, "sip.Method == \"INVITE\"")), 15U) << live.log;
  EXPECT_GT(lines(packets(read, "msrp.method == \"SEND\"")), 20U);
  EXPECT_GT(lines(packets(read, "msrp.status.code == 200")), 20U);
  EXPECT_GT(lines(packets(read, "diameter.cmd.code == 272 && diameter.flags.request == 1")), 20U);
  EXPECT_EQ(packets(read, malformed), "");
  auto const judged = shell("tollgate judge " + live.file);
  EXPECT_EQ(judged.exit, 0) << judged.output;
  for (auto const* rule : {"pass  G1", "pass  G2", "pass  G3", "pass  G4", "pass  G6", "pass  G9"})
    EXPECT_THAT(judged.output, HasSubstr(rule));
}

/// Nothing but packets: who is who, what belongs together and what it means is found in them.
TEST(Wireshark, TakesACaptureInWhichTheMonitorsFindTheFault) {
  auto const live = captured({.fault = ", \"--fault\", \"M05\""}, "ORD-06");
  ASSERT_EQ(live.run.exit, 1) << live.run.output;
  if (!live.was_allowed()) GTEST_SKIP() << "this user may not capture on the loopback: " << live.log;
  auto const judged = shell("tollgate judge " + live.file);
  EXPECT_EQ(judged.exit, 1);
  EXPECT_THAT(judged.output, HasSubstr("fail  G3 debit_needs_trigger"));
  EXPECT_THAT(judged.output, HasSubstr("debit_units was received, but no MSRP response had been sent"));
}

TEST(Wireshark, ReadsTheCaptureOfEveryCase) {
  auto const out = fresh_folder() / "out";
  ASSERT_EQ(shell("tollgate run --sim --filter '*-RB-*:ML-*:RC-11' --out " + out.string()).exit, 0);
  auto const all = (out / "all.pcapng").string();
  EXPECT_EQ(shell("ls " + (out / "tests").string() + "/*.pcapng | wc -l").output,
            shell("ls " + (out / "tests").string() + "/*.jsonl | wc -l").output);
  EXPECT_GT(lines(shell("ls " + (out / "tests").string()).output), 100U);
  ASSERT_EQ(shell("mergecap -w " + all + " " + (out / "tests").string() + "/*.pcapng").exit, 0);
  auto const read = "-r " + all;
  EXPECT_GT(lines(packets(read, "sip.Method == \"INVITE\"")), 25U);
  EXPECT_GT(lines(packets(read, "msrp.method == \"SEND\"")), 40U);
  EXPECT_GT(lines(packets(read, "diameter.cmd.code == 272")), 80U);
  EXPECT_EQ(packets(read, malformed), "");
}

}  // namespace
}  // namespace tollgate::selftest
