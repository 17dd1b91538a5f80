// A second opinion on every octet: tshark reads what crosses the loopback in a run, and the captures that a run leaves.
#include <algorithm>
#include <gmock/gmock.h>
#include <set>
#include <span>

#include "base/text.hpp"
#include "rules/deviations.hpp"
#include "selftest/program_test.hpp"
#include "trace/trace.hpp"

namespace tollgate::selftest {
namespace {

using testing::ElementsAre;
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

/// A packet as tshark reads it.
struct Seen {
  trace::EventId event = 0;  ///< by its comment: "#12 INVITE to alice"; 0 for what is no message
  bool is_sip = false, is_msrp = false;
  std::size_t diameter = 0;  ///< messages in it
  bool is_malformed = false;
};

/// From a line of tab-separated fields.
Seen seen(std::string_view line) {
  auto const fields = split(line, '\t');
  if (fields.size() != 8) {
    ADD_FAILURE() << line;
    return {};
  }
  auto const is_there = [&](std::size_t field) { return !fields[field].empty(); };
  constexpr std::string_view error = "8388608";  // PI_ERROR
  Seen out{.is_sip = is_there(0) || is_there(1),
           .is_msrp = is_there(2) || is_there(3),
           .diameter = is_there(4) ? static_cast<std::size_t>(std::ranges::count(fields[4], ',')) + 1 : 0,
           .is_malformed = is_there(5) || fields[6].contains(error)};
  if (fields[7].starts_with('#')) out.event = to_number<trace::EventId>(fields[7].substr(1, fields[7].find(' ') - 1)).value_or(0);
  return out;
}

/// As what it was sent, and nothing else in its packet.
bool is_read(Seen const& packet, trace::Channel channel) {
  auto const messages = (packet.is_sip ? 1U : 0U) + (packet.is_msrp ? 1U : 0U) + packet.diameter;
  return messages == 1 && (channel == trace::Channel::sip    ? packet.is_sip
                           : channel == trace::Channel::msrp ? packet.is_msrp
                                                             : packet.diameter == 1);
}

struct CaseCapture {
  std::string id;
  trace::Trace trace;
  std::size_t packets = 0;  ///< of its capture
};

/// What tshark may leave unread or call malformed: octets that this harness sent so, by its own parsers.
bool is_sent_malformed(trace::Event const& event) {
  return event.direction == trace::Direction::sent && !rules::deviations(event).empty();
}

/// Beyond what tshark dissects, though no standard forbids it: five thousand Via and the answer that repeats them, AVPs in AVPs deeper than
/// its tree goes.
bool is_beyond_tshark(std::string const& id, trace::Event const& event) {
  constexpr std::size_t via_octets = 100'000;
  bool const is_deep = event.channel == trace::Channel::ch2 && event.direction == trace::Direction::sent;
  return (id == "RB-04b" && event.octets.size() > via_octets) || (id == "RB-10" && is_deep);
}

/// The captures of a folder in one file, one behind the other.
std::vector<CaseCapture> joined(std::filesystem::path const& tests, std::string const& all) {
  std::vector<CaseCapture> cases;
  std::string files;
  for (auto const& entry : std::filesystem::directory_iterator(tests)) {
    if (entry.path().extension() != ".jsonl") continue;
    auto trace = trace::load(read_file(entry.path()));
    if (!trace) {
      ADD_FAILURE() << entry.path();
      continue;
    }
    cases.push_back({.id = entry.path().stem().string(), .trace = std::move(*trace)});
    files += " " + std::filesystem::path(entry.path()).replace_extension(".pcapng").string();
  }
  EXPECT_EQ(shell("mergecap -a -w " + all + files).exit, 0);
  auto const counted = shell("capinfos -c -T -m -r" + files);
  auto const counts = split(counted.output, '\n');
  for (std::size_t i = 0; i < cases.size() && i < counts.size(); ++i)
    cases[i].packets = to_number<std::size_t>(counts[i].substr(counts[i].rfind(',') + 1)).value_or(0);
  return cases;
}

/// Ids of the cases that have a message which tshark does not read as one, or calls malformed. Any other message than those allowed fails.
struct Exceptions {
  std::set<std::string> unread, malformed;
};

void compare(CaseCapture const& one, std::span<std::string_view const> lines, Exceptions& found) {
  std::set<trace::EventId> left;
  for (auto const& event : one.trace.events())
    if (event.kind == trace::Kind::message) left.insert(event.id);
  for (auto const line : lines) {
    auto const packet = seen(line);
    if (packet.event == 0) {  // what is beside a message is none
      EXPECT_FALSE(packet.is_sip || packet.is_msrp || packet.diameter > 0 || packet.is_malformed) << one.id << " " << line;
      continue;
    }
    ASSERT_EQ(left.erase(packet.event), 1U) << one.id << " " << line;
    auto const& event = one.trace.at(packet.event);
    bool const is_read_well = is_read(packet, event.channel);
    if (is_read_well && !packet.is_malformed) continue;
    EXPECT_TRUE(is_sent_malformed(event) || is_beyond_tshark(one.id, event)) << one.id << " " << line;
    (is_read_well ? found.malformed : found.unread).insert(one.id);
  }
  EXPECT_TRUE(left.empty()) << one.id << " has no packet of #" << *left.begin();
}

/// Every message of every trace is in its capture, and Wireshark reads it as what it is; but for those that a case sent malformed.
TEST(Wireshark, FindsEveryMessageOfEveryCaseInItsCapture) {
  auto const out = fresh_folder() / "out";
  ASSERT_EQ(shell("tollgate run --sim --seed 1 --out " + out.string()).exit, 0);
  auto const all = (out / "all.pcapng").string();
  auto const cases = joined(out / "tests", all);
  EXPECT_GT(cases.size(), 200U);
  auto const read = shell("tshark -r " + all +
                          " -T fields -E separator=/t -e sip.Request-Line -e sip.Status-Line -e msrp.request.line -e msrp.response.line"
                          " -e diameter.cmd.code -e _ws.malformed -e _ws.expert.severity -e frame.comment 2>/dev/null");
  ASSERT_EQ(read.exit, 0);
  auto const lines_found = split(read.output, '\n');
  Exceptions found;
  std::size_t at = 0;
  for (auto const& one : cases) {
    ASSERT_LE(at + one.packets, lines_found.size()) << one.id;
    compare(one, std::span(lines_found).subspan(at, one.packets), found);
    at += one.packets;
  }
  EXPECT_THAT(found.unread, ElementsAre("RB-02", "RB-02b", "RB-06", "RB-08", "RB-08c", "RB-08d", "RB-09", "RB-15"))
      << "who can be read does not belong in that list";
  EXPECT_THAT(found.malformed, ElementsAre("RB-02", "RB-04b", "RB-09", "RB-09b", "RB-10", "RB-12", "RB-15"));
}

}  // namespace
}  // namespace tollgate::selftest
