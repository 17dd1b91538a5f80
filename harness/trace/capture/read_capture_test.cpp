#include "trace/capture/read_capture.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <string>
#include <vector>

#include "trace/capture/pcapng.hpp"
#include "trace/twelve_steps_test.hpp"

namespace tollgate::trace {
namespace {

using testing::HasSubstr;

Trace declared_twelve_steps() {
  Trace trace = twelve_steps();
  trace.declare({{"bundle", "TWELVE-STEP"}, {"lag_ns", "12"}});
  return trace;
}

TEST(ReadCapture, GivesBackTheTraceThatOneOfOursWasWrittenFrom) {
  auto const trace = declared_twelve_steps();
  auto const capture = read_capture(pcapng(trace, {.comment = "ORD-03", .remarks = {{10, "witness"}}}));
  ASSERT_TRUE(capture) << describe(capture.error());
  EXPECT_TRUE(capture->is_ours);
  EXPECT_EQ(save(capture->trace), save(trace));
}

TEST(ReadCapture, JoinsAMessageLongerThanAPacket) {
  Trace trace;
  trace.record({.kind = Kind::stored, .party = "sip:a@x", .octets = std::string(500'000, 'x') + "end"});
  trace.record({.kind = Kind::message, .channel = Channel::msrp, .local = "127.0.0.1:1", .octets = std::string(180'000, 'y')});
  trace.record({.kind = Kind::message, .channel = Channel::msrp, .octets = std::string(180'001, 'z')});
  auto const capture = read_capture(pcapng(trace));
  ASSERT_TRUE(capture) << describe(capture.error());
  EXPECT_EQ(save(capture->trace), save(trace));
}

/// In one packet or in two.
TEST(ReadCapture, KeepsTheLineEndsBeforeAStartLine) {
  Trace trace;
  for (auto const transport : {Transport::tcp, Transport::tls, Transport::udp})
    for (auto const* octets : {"\r\n\r\nOPTIONS sip:a SIP/2.0\r\n\r\n", "\r\n\r\n", "\nx", ""})
      trace.record({.kind = Kind::message, .channel = Channel::sip, .transport = transport, .octets = octets});
  trace.record({.kind = Kind::message, .channel = Channel::sip, .octets = std::string(200'000, '\r') + std::string(200'000, 'x')});
  auto const file = pcapng(trace);
  auto const capture = read_capture(file);
  ASSERT_TRUE(capture) << describe(capture.error());
  EXPECT_EQ(save(capture->trace), save(trace));
}

TEST(ReadCapture, ShortensWhatASutMadeTooLongToName) {
  Trace trace;
  trace.record({.kind = Kind::message,
                .channel = Channel::ch2,
                .actor = "ocs",
                .party = std::string(1 << 20, 'p'),
                .note = std::string(1 << 20, '\xff')});
  auto const capture = read_capture(pcapng(trace));
  ASSERT_TRUE(capture) << describe(capture.error());
  EXPECT_THAT(capture->trace.at(1).party, HasSubstr("pppp"));
  EXPECT_LT(capture->trace.at(1).party.size(), 10'000U);
}

TEST(ReadCapture, MissesAPacketThatWasTakenOut) {
  auto const trace = declared_twelve_steps();
  auto file = pcapng(trace);
  auto const block = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(file[at + 6])) * 256 + static_cast<unsigned char>(file[at + 7]);
  };
  std::size_t at = 0;
  for (int passed = 0; passed < 5; ++passed) at += block(at);  // section, interface, header, two events
  file.erase(at, block(at));
  auto const capture = read_capture(file);
  ASSERT_FALSE(capture);
  EXPECT_EQ(capture.error().detail, "the packet of an event before it is missing");
  EXPECT_EQ(capture.error().offset, 4U);
}

/// Of each message: which way it goes, what it says, what it answers, where that is told beside the octets, and what it repeats.
std::vector<std::string> told(Trace const& trace) {
  std::vector<std::string> lines;
  std::map<EventId, EventId> numbers;  // messages only
  for (auto const& event : trace.events()) {
    if (event.kind != Kind::message) continue;
    numbers.emplace(event.id, numbers.size() + 1);
    auto const number = [&](EventId id) { return id == 0 ? 0 : numbers.at(id); };
    lines.push_back(fmt::format("{} {} {} about {} repeats {} of {}", to_string(event.channel), to_string(event.direction),
                                event.meaning.label(), event.channel == Channel::sip ? 0 : number(event.about), number(event.repeats),
                                event.party));
  }
  return lines;
}

TEST(ReadCapture, FindsInPacketsOfTheInternetWhoIsWhoAndWhatBelongsTogether) {
  auto const trace = twelve_steps();
  auto const capture = read_capture(pcapng(trace, {.form = CaptureForm::internet}));
  ASSERT_TRUE(capture) << describe(capture.error());
  EXPECT_FALSE(capture->is_ours);
  EXPECT_EQ(capture->unread, 0U);
  EXPECT_EQ(told(capture->trace), told(trace));
}

/// On one host a port is the client's in UDP and the server's in TCP, and in a long run the one's and later the other's.
TEST(ReadCapture, FindsWhoIsWhoWhereTheServerConnectsFromAPortThatTheClientHasInUdp) {
  auto const written = twelve_steps();
  auto const invite = std::ranges::find_if(
      written.events(), [](auto const& event) { return event.channel == Channel::sip && event.meaning.name == "INVITE"; });
  ASSERT_NE(invite, written.events().end());
  Trace trace;
  for (auto event : written.events()) {
    if (event.channel == Channel::msrp) event.remote = invite->local;
    trace.record(std::move(event));
  }
  auto const capture = read_capture(pcapng(trace, {.form = CaptureForm::internet}));
  ASSERT_TRUE(capture) << describe(capture.error());
  EXPECT_EQ(told(capture->trace), told(trace));
}

/// A capture from which the first packet with octets of an MSRP connection was lost.
TEST(ReadCapture, CountsTheConnectionsOfWhichItLacksOctets) {
  auto file = pcapng(twelve_steps(), {.form = CaptureForm::internet});
  auto const block = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(file[at + 6])) * 256 + static_cast<unsigned char>(file[at + 7]);
  };
  auto const octets = file.find(" SEND\r\n");
  ASSERT_NE(octets, std::string::npos);
  std::size_t at = 0;
  while (at + block(at) < octets) at += block(at);
  file.erase(at, block(at));
  auto const capture = read_capture(file);
  ASSERT_TRUE(capture) << describe(capture.error());
  EXPECT_EQ(capture->gaps, 1U);
}

TEST(ReadCapture, RefusesWhatIsNoCaptureAndWhatEndsTooSoon) {
  EXPECT_FALSE(read_capture("{}"));
  auto const file = pcapng(twelve_steps());
  for (std::size_t const size : {std::size_t{5}, std::size_t{40}, file.size() / 2, file.size() - 1}) {
    auto const capture = read_capture(std::string_view(file).substr(0, size));
    EXPECT_FALSE(capture) << size;
  }
}

}  // namespace
}  // namespace tollgate::trace
