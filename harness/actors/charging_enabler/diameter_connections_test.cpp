// Who may connect to the Charging Enabler, for how long, and whom the end of a connection concerns.
#include <gmock/gmock.h>

#include "actors/charging_enabler/diameter_bed_test.hpp"
#include "sim/wall_clock.hpp"
#include "transport/sockets.hpp"

namespace tollgate {
namespace {

using ch2::RequestType;

TEST_F(DiameterEnablerTest, APeerThatSendsNoCerIsLetGo) {
  bool closed = false;
  stream->on_closed = [&](std::string_view) { closed = true; };
  clock.run_for(9s);
  EXPECT_FALSE(closed);
  EXPECT_TRUE(ocs.has_connection());
  clock.run_for(2s);
  EXPECT_TRUE(closed);
  EXPECT_FALSE(ocs.has_connection());
  EXPECT_THAT(peers.trace().events().back().note, testing::HasSubstr("no CER came"));
}

TEST_F(DiameterEnablerTest, APeerThatDoesNotBeginWithACerIsLetGo) {
  bool closed = false;
  stream->on_closed = [&](std::string_view) { closed = true; };
  send(diameter::watchdog_request(self));
  EXPECT_TRUE(closed);
  EXPECT_TRUE(answers.empty());
}

/// A health check, or a second node that charges users of its own: what the SUT has asked is not lost with it.
TEST_F(DiameterEnablerTest, WhoeverElseComesAndGoesConcernsNoCase) {
  open();
  charge(RequestType::initial, 1, {});
  auto const is_told = [&] {
    return std::ranges::any_of(recorder.trace().events(), [](auto const& e) { return e.kind == trace::Kind::closed; });
  };
  auto const cer = diameter::capabilities_request(self).write();
  ch2::Request const other{.type = RequestType::initial, .session_id = "other;1;1", .subscriber = "tel:+15550100", .requested = 1};
  for (auto const& first : {Octets(), cer, cer + ch2::write_request(other, {}).write()}) {
    auto const stranger = network.connect("127.0.0.1", ocs.address());
    stranger->send(first);
    clock.run_for(1ms);
    stranger->close();
    clock.run_for(1ms);
    EXPECT_FALSE(is_told());
    EXPECT_EQ(peers.trace().events().back().kind, trace::Kind::closed);
  }
  stream->close();
  clock.run_for(1ms);
  EXPECT_TRUE(is_told());
}

TEST_F(DiameterEnablerTest, TakesSoManyConnectionsAndKeepsTheFirstOfTheirEnds) {
  open();
  std::vector<std::unique_ptr<Stream>> strangers;
  for (std::size_t i = 0; i < 3 * DiameterEnabler::connections_max; ++i) {
    strangers.push_back(network.connect("127.0.0.1", ocs.address()));
    clock.run_for(1ms);
  }
  EXPECT_TRUE(ocs.has_peer()) << "the SUT's own";
  EXPECT_LT(peers.trace().events().size(), 2 * Recorder::kept_most);
  EXPECT_TRUE(recorder.trace().events().empty());
  charge(RequestType::initial, 1, {}, "sip:stranger@ims.example");
  ASSERT_FALSE(answers.empty());
  EXPECT_EQ(last_result(), 2001U);
}

TEST_F(DiameterEnablerTest, WaitsForTheRestOfAMessageForTenSeconds) {
  open();
  auto const message = diameter::watchdog_request(self).write();
  bool closed = false;
  stream->on_closed = [&](std::string_view) { closed = true; };
  stream->send(message.substr(0, 30));
  for (int i = 0; i < 9; ++i) {
    clock.run_for(1s);
    stream->send(message.substr(static_cast<std::size_t>(30 + i), 1));
  }
  EXPECT_FALSE(closed);
  clock.run_for(2s);
  EXPECT_TRUE(closed);
  EXPECT_THAT(peers.trace().events().back().note, testing::HasSubstr("not complete after 10 s"));
}

TEST_F(DiameterEnablerTest, ReadsNoLongMessageBeforeACer) {
  bool closed = false;
  stream->on_closed = [&](std::string_view) { closed = true; };
  Octets long_one = diameter::capabilities_request(self).write();
  long_one[1] = '\x08';  // half a megabyte
  stream->send(long_one + Octets(1 << 16, 'x'));
  clock.run_for(1ms);
  EXPECT_TRUE(closed);
}

/// What a peer asks and does not read is not kept for it.
TEST(DiameterEnablerOnSockets, EndsAConnectionThatAsksMoreThanItReadsAnswersTo) {
  WallClock clock;
  SocketNetwork network(clock);
  Ixit const ixit;
  Recorder peers(clock);
  DiameterEnabler ocs(clock, network, ixit, {"127.0.0.1", 0}, peers);
  diameter::Peer const self{.origin_host = "im", .origin_realm = "ims.example"};
  auto const stream = network.connect("127.0.0.1", ocs.address(), Manner::slow);
  bool is_closed = false;
  stream->on_closed = [&](std::string_view) { is_closed = true; };
  stream->send(diameter::capabilities_request(self).write());
  clock.run_until([&, until = clock.now() + 10s] { return ocs.has_peer() || clock.now() > until; });
  ASSERT_TRUE(ocs.has_peer());
  stream->pause();
  Octets many;
  constexpr int at_once = 1000, times_most = 100;
  for (int i = 0; i < at_once; ++i) many += diameter::watchdog_request(self).write();
  for (int i = 0; i < times_most && ocs.has_peer(); ++i) {
    stream->send(many);
    clock.run_until([&, until = clock.now() + 20ms] { return !ocs.has_peer() || clock.now() > until; });
  }
  EXPECT_FALSE(ocs.has_peer()) << "some 10 MB are owed to it";
}

}  // namespace
}  // namespace tollgate
