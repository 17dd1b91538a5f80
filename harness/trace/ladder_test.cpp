#include "trace/ladder.hpp"

#include <gmock/gmock.h>

#include "trace/twelve_steps_test.hpp"

namespace tollgate::trace {
namespace {

using testing::ElementsAre;

std::vector<std::string> names(Ladder const& ladder) {
  std::vector<std::string> out;
  for (auto const& column : ladder.columns) out.push_back(column.role == Role::im_server ? "SUT" : column.actor);
  return out;
}

Row const& row_of(Ladder const& ladder, EventId event) {
  return ladder.rows.at(event - 1);
}

TEST(Ladder, HasTheServerBetweenClientsAndChargingEnabler) {
  auto const drawn = ladder(twelve_steps());
  EXPECT_THAT(names(drawn), ElementsAre("bob", "alice", "SUT", "ocs"));
  auto const& deposit = row_of(drawn, 1);
  EXPECT_EQ(deposit.from, 0U);
  EXPECT_EQ(deposit.to, 2U);
  auto const& reserve = row_of(drawn, 5);
  EXPECT_EQ(reserve.from, 2U);
  EXPECT_EQ(reserve.to, 3U);
}

TEST(Ladder, NumbersTheTwelveStepsOnceEach) {
  std::vector<int> steps;
  for (auto const& row : ladder(twelve_steps()).rows)
    if (row.step != 0) steps.push_back(row.step);
  EXPECT_THAT(steps, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
}

TEST(Ladder, LeavesOtherMessagesWithoutAStep) {
  Trace trace;
  auto const sip = [](std::string const& start, std::string const& cseq) {
    return start + "\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=f\r\nTo: <sip:a@x>\r\nCall-ID: c\r\nCSeq: " + cseq +
           "\r\n\r\n";
  };
  trace.record({.direction = Direction::received, .actor = "alice", .octets = sip("SIP/2.0 401 Unauthorized", "1 REGISTER")});
  trace.record({.direction = Direction::sent, .actor = "alice", .octets = sip("SIP/2.0 180 Ringing", "1 INVITE")});
  trace.record({.direction = Direction::sent, .actor = "alice", .octets = sip("INVITE sip:b@x SIP/2.0", "1 INVITE")});
  auto const bind = trace.record({.channel = Channel::msrp,
                                  .direction = Direction::received,
                                  .actor = "alice",
                                  .octets = "MSRP t1xx SEND\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\n"
                                            "Message-ID: m1\r\n-------t1xx$\r\n"});
  trace.record({.channel = Channel::msrp,
                .direction = Direction::sent,
                .actor = "alice",
                .octets = "MSRP t1xx 200 OK\r\nTo-Path: msrp://h:2/b;tcp\r\nFrom-Path: msrp://h:1/a;tcp\r\n-------t1xx$\r\n",
                .about = bind});
  for (auto const& row : ladder(trace).rows) EXPECT_EQ(row.step, 0) << row.label;
}

TEST(Ladder, TellsTimeFromTheFirstEventAndLikeMessagesApart) {
  auto const drawn = ladder(twelve_steps());
  EXPECT_EQ(row_of(drawn, 1).since_start_ns, 0);
  EXPECT_EQ(row_of(drawn, 3).since_start_ns, 804'000);
  EXPECT_EQ(row_of(drawn, 3).detail, "CSeq 1");
  EXPECT_EQ(row_of(drawn, 5).detail, "1 unit");
  EXPECT_EQ(row_of(drawn, 14).detail, "m1 $");
  EXPECT_EQ(row_of(drawn, 11).repeats, 10U);
  EXPECT_EQ(row_of(drawn, 11).step, 0) << "a retransmission is no step of its own";
}

TEST(Ladder, SpansWhatIsWithheld) {
  auto const drawn = ladder(twelve_steps());
  ASSERT_EQ(drawn.withheld.size(), 1U);
  EXPECT_EQ(drawn.withheld[0].column, 3U);
  EXPECT_EQ(drawn.withheld[0].about, 5U);
  EXPECT_EQ(drawn.rows[drawn.withheld[0].first].event, 5U) << "from the request on, whenever a case said so";
  EXPECT_EQ(drawn.rows[drawn.withheld[0].last].event, 8U);
  EXPECT_EQ(row_of(drawn, 7).label, "no INVITE for 500.0 ms");
  EXPECT_EQ(row_of(drawn, 20).label, "connection closed: end of stream");
}

TEST(Ladder, EndsOpenSpansWithTheLastRowAndBearsStrayReleases) {
  Trace trace;
  trace.record({.kind = Kind::released, .channel = Channel::msrp, .actor = "alice", .note = "200 SEND not sent"});
  auto const asked = trace.record({.channel = Channel::ch2, .actor = "ocs", .octets = "junk"});
  trace.record({.kind = Kind::withheld, .channel = Channel::ch2, .actor = "ocs", .about = asked});
  trace.record({.channel = Channel::sip, .actor = "alice", .octets = "junk"});
  auto const drawn = ladder(trace);
  ASSERT_EQ(drawn.withheld.size(), 1U);
  EXPECT_EQ(drawn.withheld[0].last, 3U);
  EXPECT_EQ(drawn.rows[3].label, "4 octets, not readable");
}

TEST(Ladder, KnowsTheChargingEnablerThatHeardNothing) {
  Trace trace;
  trace.record({.kind = Kind::silence, .actor = "ocs", .note = "no reserve_units for 3000.0 ms"});
  trace.record({.channel = Channel::sip, .actor = "alice", .octets = "x"});
  EXPECT_THAT(names(ladder(trace)), ElementsAre("alice", "SUT", "ocs"));
}

TEST(Ladder, OfNothingIsTheServerAlone) {
  auto const drawn = ladder({});
  EXPECT_THAT(names(drawn), ElementsAre("SUT"));
  EXPECT_TRUE(drawn.rows.empty());
}

}  // namespace
}  // namespace tollgate::trace
