// What a case does with the Diameter connection itself.
#include <gmock/gmock.h>

#include "actors/charging_enabler/diameter_enabler.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

class PeerLinkTest : public testing::Test {
 protected:
  PeerLinkTest() {
    ocs.attach(owner);
    ocs.attach(other);
    owner.owns_connection();
    stream->on_octets = [this](std::string_view octets) {
      buffer.append(octets);
      while (auto cut = buffer.next()) heard.push_back(*diameter::Message::parse(cut->octets));
    };
    stream->on_closed = [this](std::string_view) { closed = true; };
  }
  void send(diameter::Message message) {
    message.header.hop_by_hop = message.header.end_to_end = ++identifier;
    stream->send(message.write());
    clock.run_for(1ms);
  }
  std::optional<Received> received(CreditControl& by, std::string const& label) {
    std::optional<Received> got;
    TaskScope scope;
    scope.start([](CreditControl& at, std::string wanted, std::optional<Received>& out) -> Task<void> {
      out = co_await at.may_receive(wanted, 1s);
    }(by, label, got));
    clock.run_until([&] { return scope.idle(); });
    return got;
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  Ixit ixit;
  Recorder peers{clock}, owners{clock}, others{clock};
  DiameterEnabler ocs{clock, network, ixit, {"127.0.0.1", 3868}, peers};
  CreditControl owner{clock, owners, "ocs", ixit.origin_host, ixit.origin_realm};
  CreditControl other{clock, others, "ocs", ixit.origin_host, ixit.origin_realm};
  std::unique_ptr<Stream> stream = network.connect("127.0.0.1", ocs.address());
  StreamBuffer buffer{[](auto octets) { return diameter::frame(octets); }};
  std::vector<diameter::Message> heard;
  bool closed = false;
  diameter::Peer self{.origin_host = "im", .origin_realm = "ims.example"};
  std::uint32_t identifier = 100;
};

TEST_F(PeerLinkTest, TheOwnerHearsCapabilitiesAndMayRefuseThem) {
  owner.scripts("CER");
  send(diameter::capabilities_request(self));
  EXPECT_TRUE(heard.empty());
  EXPECT_FALSE(received(other, "CER"));
  auto const cer = received(owner, "CER");
  ASSERT_TRUE(cer);
  owner.answers(*cer, {.result = 5010});
  clock.run_for(1ms);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(diameter::result_code(heard[0]), 5010U);
  EXPECT_FALSE(ocs.has_peer());
}

TEST_F(PeerLinkTest, ARequestOfACaseGetsItsAnswerBack) {
  send(diameter::capabilities_request(self));
  ASSERT_NE(other.sends("DWR", nullptr, {}), 0U);
  clock.run_for(1ms);
  auto const dwr = heard.back();
  EXPECT_TRUE(dwr.header.is_request());
  stream->send(diameter::short_answer(dwr, self, 2001).write());
  clock.run_for(1ms);
  EXPECT_FALSE(received(owner, "DWA"));
  auto const dwa = received(other, "DWA");
  ASSERT_TRUE(dwa);
  EXPECT_EQ(others.trace().at(dwa->event).about, 1U);
}

TEST_F(PeerLinkTest, TheEndOfTheConnectionIsInEveryTrace) {
  send(diameter::capabilities_request(self));
  stream->close();
  clock.run_for(1ms);
  for (auto const* recorder : {&owners, &others}) EXPECT_EQ(recorder->trace().events().back().kind, trace::Kind::closed);
  EXPECT_TRUE(received(owner, "closed"));
  EXPECT_FALSE(received(other, "closed"));
}

TEST_F(PeerLinkTest, ACaseMayEndTheConnection) {
  send(diameter::capabilities_request(self));
  owner.closes(false);
  clock.run_for(1ms);
  EXPECT_TRUE(closed);
  EXPECT_FALSE(ocs.has_peer());
}

TEST_F(PeerLinkTest, NoWatchdogOfOursBesideAScriptedOne) {
  owner.scripts("DWR");
  send(diameter::capabilities_request(self));
  heard.clear();
  clock.run_for(3 * ixit.diameter_watchdog);
  EXPECT_TRUE(heard.empty());
}

}  // namespace
}  // namespace tollgate
