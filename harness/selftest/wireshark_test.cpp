// A second opinion on every octet: tshark reads what crosses the loopback in a run, and the captures that a run leaves.
#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <set>

#include "base/text.hpp"
#include "selftest/program_test.hpp"
#include "trace/trace.hpp"

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

/// Messages of one case by channel.
struct Messages {
  std::size_t sip = 0, msrp = 0, diameter = 0;
  bool operator==(Messages const&) const = default;
  friend void PrintTo(Messages const& one, std::ostream* out) {
    *out << one.sip << " SIP, " << one.msrp << " MSRP, " << one.diameter << " Diameter";
  }
};

Messages messages_of(trace::Trace const& trace) {
  auto const of = [&](trace::Channel channel) {
    return static_cast<std::size_t>(std::ranges::count_if(
        trace.events(), [&](auto const& event) { return event.kind == trace::Kind::message && event.channel == channel; }));
  };
  return {of(trace::Channel::sip), of(trace::Channel::msrp), of(trace::Channel::ch2)};
}

/// What tshark finds in a packet: a line of tab-separated start lines and command codes, each a list.
void add(Messages& found, std::string_view packet) {
  auto const fields = split(packet, '\t');
  ASSERT_EQ(fields.size(), 5U) << packet;
  auto const is_there = [&](std::size_t field) { return fields[field].empty() ? 0U : 1U; };
  found.sip += is_there(0) + is_there(1);
  found.msrp += is_there(2) + is_there(3);
  found.diameter += fields[4].empty() ? 0U : static_cast<std::size_t>(std::ranges::count(fields[4], ',')) + 1;
}

struct CaseCapture {
  std::string id;
  Messages sent;            ///< by the trace
  std::size_t packets = 0;  ///< of its capture
};

/// Cases that send octets which are no message, on purpose: tshark cannot count what nobody can read.
std::map<std::string, std::string> const unreadable_on_purpose{
    {"RB-03", "SIP over TCP with a Content-Length that is wrong, and empty lines between messages"},
    {"RB-06", "what is no MSRP response"},
    {"RB-08", "MSRP requests that break the grammar"},
    {"RB-09", "Diameter answers whose length or version is wrong"},
};

/// Cases whose messages tshark counts, and calls malformed as they are meant to be.
std::map<std::string, std::string> const malformed_on_purpose{
    {"RB-02", "the torture tests of RFC 4475"},
    {"RB-04b", "five thousand Via in a REGISTER"},
    {"RB-09b", "a Result-Code of a wrong length"},
    {"RB-10", "grouped AVPs deeper than tshark goes"},
};

/// In one file, one behind the other; those that are short enough for a test.
std::vector<CaseCapture> joined(std::filesystem::path const& tests, std::string const& all) {
  constexpr std::size_t messages_most = 400;
  std::vector<CaseCapture> cases;
  std::string files;
  for (auto const& entry : std::filesystem::directory_iterator(tests)) {
    if (entry.path().extension() != ".jsonl") continue;
    auto const trace = trace::load(read_file(entry.path()));
    if (!trace) ADD_FAILURE() << entry.path();
    auto const sent = trace ? messages_of(*trace) : Messages{};
    if (sent.sip + sent.msrp + sent.diameter > messages_most) continue;
    cases.push_back({entry.path().stem().string(), sent});
    files += " " + std::filesystem::path(entry.path()).replace_extension(".pcapng").string();
  }
  EXPECT_EQ(shell("mergecap -a -w " + all + files).exit, 0);
  auto const counted = shell("capinfos -c -T -m -r" + files);
  auto const counts = split(counted.output, '\n');
  for (std::size_t i = 0; i < cases.size() && i < counts.size(); ++i)
    cases[i].packets = to_number<std::size_t>(counts[i].substr(counts[i].rfind(',') + 1)).value_or(0);
  return cases;
}

/// Every message of every trace is in its capture, and Wireshark reads it as what it is.
TEST(Wireshark, FindsEveryMessageOfEveryCaseInItsCapture) {
  auto const out = fresh_folder() / "out";
  ASSERT_EQ(shell("tollgate run --sim --seed 1 --out " + out.string()).exit, 0);
  auto const all = (out / "all.pcapng").string();
  auto const cases = joined(out / "tests", all);
  EXPECT_GT(cases.size(), 200U);
  auto const found = shell("tshark -r " + all +
                           " -T fields -E separator=/t -e sip.Request-Line -e sip.Status-Line -e msrp.request.line -e msrp.response.line"
                           " -e diameter.cmd.code 2>/dev/null")
                         .output;
  auto const lines_found = split(found, '\n');
  std::set<std::size_t> bad;
  for (auto const number : split(shell("tshark -r " + all + " -Y '" + malformed + "' -T fields -e frame.number 2>/dev/null").output, '\n'))
    if (auto const frame = to_number<std::size_t>(number)) bad.insert(*frame - 1);
  std::size_t at = 0, differ = 0;
  for (auto const& one : cases) {
    Messages read;
    auto const end = at + one.packets;
    ASSERT_LE(end, lines_found.size()) << one.id;
    bool const is_malformed = bad.lower_bound(at) != bad.lower_bound(end);
    for (; at < end; ++at) add(read, lines_found[at]);
    bool const is_unreadable = unreadable_on_purpose.contains(one.id);
    if (is_unreadable)
      differ += read == one.sent ? 0 : 1;
    else
      EXPECT_EQ(read, one.sent) << one.id;
    if (!is_unreadable && !malformed_on_purpose.contains(one.id)) EXPECT_FALSE(is_malformed) << one.id;
  }
  EXPECT_EQ(differ, unreadable_on_purpose.size()) << "who can be read does not belong in that list";
}

}  // namespace
}  // namespace tollgate::selftest
