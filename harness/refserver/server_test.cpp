// The server as a whole: what its peers see of it.
#include "refserver/server_bed_test.hpp"

namespace tollgate::refserver {
namespace {

using ch2::RequestType;
using sip::Name;

class ServerTest : public ServerBed {};

TEST_F(ServerTest, PushesTheTwelveSteps) {
  starts();
  pushes(2);
  EXPECT_EQ(phone.status_of("REGISTER"), 200);
  EXPECT_EQ(phone.all("INVITE").size(), 1U);
  EXPECT_EQ(phone.sends.size(), 2U);
  EXPECT_EQ(phone.all("BYE").size(), 1U);
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs[0].type, RequestType::initial);
  EXPECT_EQ(charging.ccrs[1].type, RequestType::termination);
  EXPECT_EQ(charging.ccrs[1].used, 2U);
}

/// NT-03: nobody waits for it any more, so its units must not stay held (RFC 8506 5.4, Table 3).
TEST_F(ServerTest, GivesBackWhatALateAnswerGrants) {
  charging.on_ccr = [](auto const&) { return std::nullopt; };
  starts();
  pushes();
  passes(11s);
  charging.answers(0, {.result = 2001, .granted = 1});
  passes(1s);
  EXPECT_TRUE(phone.all("INVITE").empty());
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs[1].type, RequestType::termination);
  EXPECT_EQ(charging.ccrs[1].session_id, charging.ccrs[0].session_id);
  EXPECT_EQ(charging.ccrs[1].number, 1U);
  EXPECT_FALSE(charging.ccrs[1].used);
}

TEST_F(ServerTest, ALateRefusalLeavesNothingToGiveBack) {
  charging.on_ccr = [](auto const&) { return std::nullopt; };
  starts();
  pushes();
  passes(11s);
  charging.answers(0, {.result = 4012});
  passes(1s);
  EXPECT_EQ(charging.ccrs.size(), 1U);
}

/// RFC 3261 18.2.2, RFC 3581 4: behind a NAT only rport leads back.
TEST_F(ServerTest, AnswersGoToThePortOfTheViaUnlessRportAsksForTheSource) {
  TestPhone other{network, 6002};
  starts();
  auto options = phone.request("OPTIONS", "sip:ims.example", "<sip:ims.example>", "o", 1);
  options.set(Name::via, "SIP/2.0/UDP 127.0.0.1:6002;branch=z9hG4bKa");
  phone.send(options);
  passes(10ms);
  EXPECT_EQ(other.status_of("OPTIONS"), 200);
  EXPECT_EQ(phone.status_of("OPTIONS"), 0);
  options.set(Name::via, "SIP/2.0/UDP 127.0.0.1:6002;rport;branch=z9hG4bKb");
  phone.send(options);
  passes(10ms);
  EXPECT_EQ(phone.status_of("OPTIONS"), 200);
  EXPECT_EQ(phone.all("200").back().value(Name::via), "SIP/2.0/UDP 127.0.0.1:6002;rport=6000;branch=z9hG4bKb;received=127.0.0.1");
}

/// A refused CEA ends the connection; an answer that follows in the same segment is of no connection.
TEST_F(ServerTest, ReadsNothingAfterTheChargingConnectionHasEnded) {
  bool refuses = true;
  charging.on_cer = [&] { return refuses ? 5010U : 2001U; };
  starts();
  pushes();
  EXPECT_TRUE(charging.ccrs.empty());
  refuses = false;
  passes(2s);
  EXPECT_EQ(charging.ccrs.size(), 2U) << "reserved and debited on the next connection";
}

}  // namespace
}  // namespace tollgate::refserver
