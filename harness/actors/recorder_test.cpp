// What a campaign makes of a message on its way out: the trace has what went out, and when.
#include "actors/recorder.hpp"

#include <gmock/gmock.h>

#include "sim/sim_clock.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;
using trace::Kind;

class Departures : public testing::Test {
 protected:
  trace::EventId sends(Octets octets, trace::EventId repeats = 0) {
    return recorder.sends({.direction = trace::Direction::sent, .actor = "alice", .octets = std::move(octets), .repeats = repeats}, {},
                          {.put =
                               [this](Octets const& out, Segments) {
                                 wire.push_back(out);
                                 return is_open;
                               },
                           .end = [this](bool reset) { wire.emplace_back(reset ? "RST" : "FIN"); }});
  }
  void makes(Departure how) {
    recorder.tampers([how](trace::Event const&, Segments) { return how; });
  }
  [[nodiscard]] Kind kind(trace::EventId event) const { return recorder.trace().at(event).kind; }

  SimClock clock;
  Recorder recorder{clock};
  std::vector<Octets> wire;
  bool is_open = true;
};

TEST_F(Departures, GoAsTheyAre) {
  auto const sent = sends("ACK");
  EXPECT_THAT(wire, ElementsAre("ACK"));
  EXPECT_EQ(kind(sent), Kind::message);
  is_open = false;
  EXPECT_EQ(kind(sends("ACK")), Kind::released);
}

TEST_F(Departures, AreChangedAndRepeatedAsTheyWentOut) {
  makes({.octets = "ACKK", .says = "one octet more"});
  auto const sent = sends("ACK");
  EXPECT_EQ(recorder.trace().at(sent).octets, "ACKK");
  EXPECT_EQ(kind(sent - 1), Kind::tampered);
  sends("ACK", sent);
  EXPECT_THAT(wire, ElementsAre("ACKK", "ACKK"));
}

TEST_F(Departures, AreDroppedOrSentTwiceOrEndTheirConnection) {
  makes({.octets = "BYE", .copies = 0, .says = "dropped"});
  auto const dropped = sends("BYE");
  EXPECT_EQ(kind(dropped), Kind::tampered);
  EXPECT_TRUE(wire.empty());
  EXPECT_EQ(recorder.trace().at(sends("BYE", dropped)).repeats, 0U);  // its repetition is the first that the SUT sees
  makes({.octets = "SEND", .copies = 2, .end = Departure::End::reset, .says = "twice, then reset"});
  auto const sent = sends("SEND");
  EXPECT_THAT(wire, ElementsAre("BYE", "SEND", "SEND", "RST"));
  EXPECT_EQ(recorder.trace().at(sent + 1).repeats, sent);
}

TEST_F(Departures, AreFollowedByAChangedCopy) {
  makes({.octets = "SEND", .behind = "SENDD", .says = "again"});
  auto const request = sends("SEND");
  EXPECT_THAT(wire, ElementsAre("SEND", "SENDD"));
  EXPECT_EQ(recorder.trace().at(request + 1).octets, "SENDD");
  EXPECT_EQ(recorder.trace().at(request + 1).repeats, 0U) << "one request more";
  auto const answered_with = [&](Octets octets, Octets behind) {
    makes({.octets = octets, .behind = std::move(behind), .says = "again"});
    auto const sent = recorder.sends({.direction = trace::Direction::sent, .actor = "alice", .octets = octets, .about = request}, {},
                                     {.put = [](Octets const&, Segments) { return true; }});
    return recorder.trace().at(sent + 1).repeats;
  };
  std::string const ok =
      "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nFrom: <sip:a@h>;tag=a\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\nTo: <sip:b@h>";
  EXPECT_NE(answered_with(ok + ";tag=b\r\n\r\n", ok + ";tag=b\r\nSubject: x\r\n\r\n"), 0U) << "what was answered is answered again";
  EXPECT_EQ(answered_with(ok + ";tag=b\r\n\r\n", ok + ";tag=c\r\n\r\n"), 0U) << "of another dialog";
}

TEST_F(Departures, AreLate) {
  makes({.octets = "ACK", .late = 300ms, .says = "late"});
  auto const told = sends("ACK");
  EXPECT_TRUE(wire.empty());
  EXPECT_TRUE(recorder.has_late_departures());
  clock.run_until([&] { return !wire.empty(); });
  EXPECT_FALSE(recorder.has_late_departures());
  EXPECT_EQ(clock.now(), 300ms);
  EXPECT_EQ(recorder.trace().events().back().at_ns, std::chrono::nanoseconds(300ms).count());
  auto const sent = recorder.trace().events().back().id;
  auto const answer = recorder.record({.actor = "alice", .about = told});
  EXPECT_EQ(recorder.trace().at(answer).about, sent) << "what answers it is about what went out";
}

/// A request that is changed and late is repeated by its own timer before it goes out, or behind it: it is one request all the same.
TEST_F(Departures, AreLateAndRepeatedAsTheyGoOut) {
  for (auto const repeated_at : {200ms, 500ms}) {
    SCOPED_TRACE(repeated_at.count());
    wire.clear();
    auto const begin = clock.now();
    makes({.octets = "ACKK", .late = 300ms, .says = "late, and one octet more"});
    auto const told = sends("ACK");
    clock.run_until([&] { return clock.now() >= begin + repeated_at; });
    sends("ACK", told);
    clock.run_until([&] { return clock.now() >= begin + 600ms; });
    EXPECT_THAT(wire, ElementsAre("ACKK", "ACKK"));
    auto const& events = recorder.trace().events();
    auto const& first = events.at(events.size() - 2);
    EXPECT_EQ(first.repeats, 0U);
    EXPECT_EQ(events.back().repeats, first.id);
    EXPECT_EQ(recorder.as_sent(told), first.id);
  }
}

/// Who sends without end what nobody can read fills no memory.
TEST(RecordFew, KeepsTheFirstAndCountsTheRest) {
  SimClock clock;
  Recorder recorder(clock);
  for (int i = 0; i < 1000; ++i) recorder.record_few({.octets = "<x"}, "messages that nobody can read");
  EXPECT_NE(recorder.record_few({.octets = "<y"}, "requests of strangers"), 0U) << "another kind";
  auto const& events = recorder.trace().events();
  ASSERT_EQ(events.size(), Recorder::kept_most + 2);
  EXPECT_EQ(events[Recorder::kept_most].kind, Kind::unkept);
  EXPECT_EQ(events[Recorder::kept_most].note, "900 more messages that nobody can read, 1800 octets, are not kept");
}

TEST(RecordFew, KeepsSoManyOctetsOfThem) {
  SimClock clock;
  Recorder recorder(clock);
  std::size_t kept = 0;
  for (int i = 0; i < 100; ++i)
    if (auto const id = recorder.record_few({.octets = Octets(100'000, 'x')}, "messages"); id != 0)
      kept += recorder.trace().at(id).octets.size();
  EXPECT_LE(kept, Recorder::kept_octets_most);
  EXPECT_EQ(recorder.trace().events().back().note, "59 more messages, 5900000 octets, are not kept");
}

}  // namespace
}  // namespace tollgate
