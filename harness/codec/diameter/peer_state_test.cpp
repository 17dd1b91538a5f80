// A connection's messages in their order.
#include "codec/diameter/peer_state.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"

namespace tollgate::diameter {
namespace {

using ch2::RequestType;

Peer const self{.origin_host = "im.example.com", .origin_realm = "example.com"};

Octets ccr(RequestType type, std::uint32_t number, std::string const& session = "s;1") {
  ch2::Request request{.type = type, .number = number, .session_id = session, .service_context = "x@y"};
  if (type == RequestType::initial || type == RequestType::event) request.requested = 1;
  if (type == RequestType::update || type == RequestType::termination) request.used = 1;
  return ch2::write_request(request, {"im.example.com", "example.com", "example.com"}).write();
}

PeerState open(std::size_t sessions_max = 4) {
  PeerState peer(Dictionary::standard(), {}, sessions_max);
  EXPECT_EQ(peer.judge(capabilities_request(self).write()).outcome, Outcome::accept);
  return peer;
}

TEST(DiameterPeerState, follows_a_session_to_its_end) {
  auto peer = open();
  EXPECT_TRUE(peer.is_open());
  EXPECT_TRUE(peer.judge(ccr(RequestType::initial, 0)).diagnostics.empty());
  EXPECT_TRUE(peer.judge(ccr(RequestType::update, 1)).diagnostics.empty());
  EXPECT_EQ(peer.sessions(), 1U);
  EXPECT_TRUE(peer.judge(ccr(RequestType::termination, 2)).diagnostics.empty());
  EXPECT_EQ(peer.sessions(), 0U);
  EXPECT_EQ(peer.judge(ccr(RequestType::termination, 3)).answer, 5002U);
  EXPECT_TRUE(peer.judge(ccr(RequestType::event, 0, "s;2")).diagnostics.empty());
  EXPECT_EQ(peer.sessions(), 0U);
}

TEST(DiameterPeerState, notes_numbers_that_do_not_count) {
  auto peer = open();
  EXPECT_EQ(peer.judge(ccr(RequestType::initial, 7)).diagnostics.front().rule, "CC-Request-Number");
  auto const judgement = peer.judge(ccr(RequestType::update, 9));
  EXPECT_EQ(judgement.outcome, Outcome::accept);
  auto const& one = judgement.diagnostics.front();
  EXPECT_EQ(one.strength, Strength::should);
  EXPECT_EQ(ccr(RequestType::update, 9).substr(one.offset, one.size).substr(8), Octets("\0\0\0\x09", 4)) << "the AVP";
}

TEST(DiameterPeerState, lets_a_retransmission_come_late) {
  auto peer = open();
  auto update = ccr(RequestType::update, 1);
  update[4] = static_cast<char>(static_cast<std::uint8_t>(update[4]) | flag_retransmitted);
  auto const judgement = peer.judge(update);
  EXPECT_EQ(judgement.outcome, Outcome::either);
  EXPECT_EQ(judgement.answer, 5002U);
}

TEST(DiameterPeerState, wants_an_event_to_say_what_it_wants) {
  auto peer = open();
  auto event = *Message::parse(ccr(RequestType::event, 0));
  std::erase_if(event.avps, [](Avp const& avp) { return avp.is(436, 0); });
  auto const judgement = peer.judge(event.write());
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.answer, 5005U);
}

TEST(DiameterPeerState, keeps_no_more_sessions_than_it_may) {
  auto peer = open(2);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(peer.judge(ccr(RequestType::initial, 0, "s;" + std::to_string(i))).outcome, Outcome::accept);
  EXPECT_EQ(peer.judge(ccr(RequestType::initial, 0, "s;2")).answer, 5006U);
  EXPECT_EQ(peer.judge(ccr(RequestType::initial, 0, "s;1")).outcome, Outcome::accept);
  EXPECT_EQ(peer.sessions(), 2U);
}

TEST(DiameterPeerState, takes_no_request_after_disconnect) {
  auto peer = open();
  EXPECT_EQ(peer.judge(disconnect_request(self, 0).write()).outcome, Outcome::accept);
  EXPECT_FALSE(peer.is_open());
  EXPECT_EQ(peer.judge(ccr(RequestType::initial, 0)).outcome, Outcome::reject);
  EXPECT_EQ(peer.judge(short_answer(watchdog_request(self), self, 2001).write()).outcome, Outcome::accept);
}

TEST(DiameterPeerState, a_refused_message_changes_nothing) {
  PeerState peer;
  EXPECT_EQ(peer.judge("\2").outcome, Outcome::reject);
  auto cer = capabilities_request(self);
  cer.avps.clear();
  EXPECT_EQ(peer.judge(cer.write()).answer, 5005U);
  EXPECT_FALSE(peer.is_open());
}

}  // namespace
}  // namespace tollgate::diameter
