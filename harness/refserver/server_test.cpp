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

/// M181: the fault is in the clock's factor, so a server with a clock as the standards have it waits no longer.
TEST_F(ServerTest, ATxOffTheClockShowsWhereTheClockIsScaled) {
  config.faults = {Fault::M181_tx_off_the_clock};
  config.timers.scale(0.1);
  charging.on_ccr = [](auto const&) { return std::nullopt; };
  starts();
  pushes();
  passes(9s);
  charging.answers(0, {.result = 2001, .granted = 1});
  passes(500ms);
  EXPECT_EQ(phone.all("INVITE").size(), 1U) << "Tx is 1 s there, and it has waited 9";
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

/// RFC 3261 21.5.6: in the version that we speak.
TEST_F(ServerTest, RefusesARequestOfAnotherVersion) {
  starts();
  auto const options = phone.request("OPTIONS", "sip:ims.example", "<sip:ims.example>", "o", 1).write();
  phone.send(replaced(options, "ims.example SIP/2.0\r\n", "ims.example SIP/7.0\r\n"));
  passes(10ms);
  EXPECT_EQ(phone.status_of("OPTIONS"), 505);
}

/// RFC 5626 4.4.1: one CRLF for each two, before whatever follows.
TEST_F(ServerTest, AnswersAPingOnAConnectionThatWasMadeToIt) {
  starts();
  auto const stream = network.connect("127.0.0.1", server->sip());
  Octets got;
  stream->on_octets = [&](std::string_view octets) { got += octets; };
  passes(10ms);
  auto options = phone.request("OPTIONS", "sip:ims.example", "<sip:ims.example>", "o", 1);
  options.set(Name::via, "SIP/2.0/TCP 127.0.0.1:6000;branch=z9hG4bKb");
  options.set_body("", "");
  stream->send("\r\n\r\n\r\n\r\n" + options.write());
  passes(10ms);
  EXPECT_THAT(got, testing::StartsWith("\r\n\r\nSIP/2.0 200 OK\r\n"));
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

TEST_F(ServerTest, DeliversForFreeAfter4011) {
  charging.on_ccr = [](auto const&) { return std::optional(ch2::Answer{.result = 4011}); };
  starts();
  pushes();
  EXPECT_EQ(phone.sends.size(), 1U);
  EXPECT_EQ(charging.ccrs.size(), 1U) << "the credit session has ended by itself (RFC 8506 5.2)";
}

TEST_F(ServerTest, GoesOnWithoutAnAnswerOnlyWhenItFailsOpenAndOnlyAfterTx) {
  charging.on_ccr = [](auto const&) { return std::nullopt; };
  config.profile.fails_open = true;
  starts();
  pushes();
  passes(9s);
  EXPECT_TRUE(phone.all("INVITE").empty());
  passes(2s);
  EXPECT_EQ(phone.sends.size(), 1U);
  EXPECT_EQ(charging.ccrs.size(), 1U);
}

TEST_F(ServerTest, ADenialDeniesWhateverTheFailureHandling) {
  std::uint32_t result = 4012;
  charging.on_ccr = [&](auto const&) { return std::optional(ch2::Answer{.result = result}); };
  config.profile.fails_open = true;
  starts();
  for (auto const denial : {4010U, 4012U, 5030U}) {
    result = denial;
    pushes();
    EXPECT_TRUE(phone.all("INVITE").empty()) << denial;
  }
  result = 5031;
  pushes();
  EXPECT_EQ(phone.all("INVITE").size(), 1U);
}

class ChargingCommands : public ServerBed {
 protected:
  diameter::Message of_session(std::uint32_t command, std::string const& session) {
    constexpr std::uint32_t session_id = 263;
    diameter::Message request;
    request.header = {.flags = diameter::flag_request, .command = command, .application = 4, .hop_by_hop = 77, .end_to_end = 78};
    request.avps.push_back({.code = session_id, .flags = diameter::flag_mandatory, .data = session});
    return request;
  }
  std::uint32_t answered(std::size_t which) { return diameter::result_code(charging.others.at(which)).value_or(0); }
  static constexpr std::uint32_t reauthorize = 258, abort = 274;
};

/// RFC 8506 5.5, RFC 6733 8.3, 8.5.
TEST_F(ChargingCommands, AskForAnUpdateOrForTheEndOfAnOpenSession) {
  phone.on_send = [](auto const&) { return 0; };
  starts();
  pushes(2);
  charging.send(of_session(reauthorize, "nobody;1;1"));
  passes(10ms);
  EXPECT_EQ(answered(0), 5002U);
  charging.send(of_session(reauthorize, charging.ccrs[0].session_id));
  passes(10ms);
  EXPECT_EQ(answered(1), 2002U);
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs[1].type, RequestType::update);
  charging.send(of_session(abort, charging.ccrs[0].session_id));
  passes(1s);
  EXPECT_EQ(answered(2), 2001U);
  EXPECT_EQ(phone.all("BYE").size(), 1U);
  EXPECT_EQ(charging.ccrs.back().type, RequestType::termination);
  EXPECT_EQ(charging.ccrs.size(), 3U);
}

TEST_F(ChargingCommands, UnknownOnesAreRefusedWithTheEBit) {
  starts();
  charging.send(of_session(9'999'999, "x"));
  passes(10ms);
  EXPECT_EQ(answered(0), 3001U);
  EXPECT_NE(charging.others[0].header.flags & diameter::flag_error, 0);
}

/// RFC 6733 5.4: what is due goes out on the next connection.
TEST_F(ChargingCommands, AfterAGoodbyeTheDebitWaitsForTheNextConnection) {
  phone.on_send = [](auto const&) { return 0; };
  starts();
  pushes();
  charging.send(diameter::disconnect_request({.origin_host = "ocs", .origin_realm = "x"}, 0));
  passes(10ms);
  EXPECT_EQ(answered(0), 2001U);
  passes(31s);
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_EQ(charging.ccrs[1].type, RequestType::termination);
}

/// RFC 6733 4.1: what it demands cannot be understood, so it grants nothing.
TEST_F(ServerTest, AnAnswerWithAnUnknownMandatoryAvpIsNoGrant) {
  charging.on_ccr = [](auto const&) { return std::nullopt; };
  starts();
  pushes();
  auto cca = ch2::write_answer({.result = 2001, .granted = 1}, charging.requests[0], "ocs", "x");
  cca.avps.push_back({.code = 4242, .flags = diameter::flag_vendor | diameter::flag_mandatory, .vendor = 99999, .data = "what"});
  charging.send(cca);
  passes(1s);
  EXPECT_TRUE(phone.all("INVITE").empty());
  cca.avps.back().flags = diameter::flag_vendor;
  charging.send(cca);
  passes(1s);
  EXPECT_EQ(phone.all("INVITE").size(), 1U);
}

/// RFC 3261 13.2.2.4: a second phone has answered, too.
TEST_F(ServerTest, AcknowledgesAndEndsTheDialogOfAForked200) {
  phone.on_request = [&](sip::Message const& request) {
    if (request.method() == "INVITE") {
      phone.answers(request, 200);
      phone.answers(request, 200, "other");
      phone.answers(request, 200, "other");
    }
    return request.method() == "INVITE";
  };
  starts();
  pushes();
  std::map<std::string, std::vector<std::string>> by_tag;
  for (auto const& message : phone.got)
    if (message.method() == "ACK" || message.method() == "BYE") by_tag[std::string(sip::to(message)->tag())].emplace_back(message.method());
  EXPECT_THAT(by_tag["me"], testing::ElementsAre("ACK", "BYE"));
  EXPECT_THAT(by_tag["other"], testing::UnorderedElementsAre("ACK", "BYE", "ACK"));
  EXPECT_EQ(phone.sends.size(), 1U);
  EXPECT_EQ(charging.ccrs.size(), 2U);
}

TEST_F(ServerTest, CancelsWhatRingsTooLong) {
  config.timers.no_answer = 5s;
  phone.on_request = [&](sip::Message const& request) {
    if (request.method() == "INVITE") phone.answers(request, 180);
    if (request.method() == "CANCEL") {
      phone.answers(request, 200);
      phone.answers(phone.all("INVITE").back(), 487);
    }
    return request.method() != "ACK";
  };
  starts();
  pushes();
  passes(4s);
  EXPECT_TRUE(phone.all("CANCEL").empty());
  passes(2s);
  ASSERT_EQ(phone.all("CANCEL").size(), 1U);
  EXPECT_EQ(sip::top_via(phone.all("CANCEL")[0])->branch(), sip::top_via(phone.all("INVITE")[0])->branch());
  EXPECT_EQ(phone.all("ACK").size(), 1U);
  ASSERT_EQ(charging.ccrs.size(), 2U);
  EXPECT_FALSE(charging.ccrs[1].used) << "given back";
}

/// RFC 3261 9.1, 15: the 200 was on its way when the CANCEL came.
TEST_F(ServerTest, A200AfterEverybodyHasGivenUpIsAcknowledgedAndEnded) {
  config.timers.no_answer = 1s;
  phone.on_request = [&](sip::Message const& request) {
    if (request.method() == "INVITE") phone.answers(request, 180);
    return request.method() == "INVITE";
  };
  starts();
  pushes();
  passes(40s);
  phone.answers(phone.all("INVITE").back(), 200);
  passes(1s);
  EXPECT_EQ(phone.all("ACK").size(), 1U);
  EXPECT_EQ(phone.all("BYE").size(), 1U);
  EXPECT_TRUE(phone.sends.empty());
}

/// RFC 3262 4, 7.2.
TEST_F(ServerTest, AcknowledgesReliableProvisionalResponsesInOrder) {
  config.reliable_provisional = true;
  auto const rings = [&](sip::Message const& invite, std::uint32_t rseq) {
    auto response = sip::response_to(invite, 183, "me");
    response.add(Name::contact, phone.contact()).add(Name::require, "100rel").add(Name::rseq, std::to_string(rseq));
    phone.send(response);
  };
  phone.on_request = [&](sip::Message const& request) {
    if (request.method() != "INVITE") return false;
    rings(request, 7);
    rings(request, 7);
    rings(request, 9);
    rings(request, 8);
    return true;
  };
  starts();
  pushes();
  EXPECT_EQ(phone.all("INVITE")[0].value(Name::supported), "100rel");
  ASSERT_EQ(phone.all("PRACK").size(), 2U);
  EXPECT_EQ(phone.all("PRACK")[0].value(Name::rack), "7 1 INVITE");
  EXPECT_EQ(phone.all("PRACK")[1].value(Name::rack), "8 1 INVITE");
  phone.answers(phone.all("INVITE").back(), 200);
  passes(1s);
  EXPECT_EQ(phone.all("ACK").back().value(Name::cseq), "1 ACK");
  EXPECT_EQ(phone.all("BYE").back().value(Name::cseq), "4 BYE");
}

TEST_F(ServerTest, FollowsTheRouteSetBackwards) {
  phone.on_request = [&](sip::Message const& request) {
    if (request.method() != "INVITE") return false;
    auto response = sip::response_to(request, 200, "me");
    response.add(Name::record_route, "<sip:127.0.0.1:6001;lr>, <sip:127.0.0.1:6000;lr>").add(Name::contact, "<sip:target@127.0.0.1:6001>");
    response.set_body(phone.answer_to(request), "application/sdp");
    phone.send(response);
    return true;
  };
  starts();
  pushes();
  ASSERT_FALSE(phone.all("ACK").empty());
  EXPECT_THAT(phone.all("ACK")[0].values(Name::route), testing::ElementsAre("<sip:127.0.0.1:6000;lr>", "<sip:127.0.0.1:6001;lr>"));
  EXPECT_EQ(phone.all("ACK")[0].request_uri(), "sip:target@127.0.0.1:6001");
  ASSERT_FALSE(phone.all("BYE").empty());
  EXPECT_THAT(phone.all("BYE")[0].values(Name::route), testing::ElementsAre("<sip:127.0.0.1:6000;lr>", "<sip:127.0.0.1:6001;lr>"));
}

TEST_F(ServerTest, CallsTheUserThroughTheSCscfThatRegistered) {
  config.third_party_register = true;
  starts();
  phone.deposits(alice, "hello");
  passes(10ms);
  auto request = phone.request("REGISTER", "sip:ims.example", std::string("<") + alice + ">", "third", 1);
  request.set(Name::from, "<sip:scscf@ims.example>;tag=s");
  request.add(Name::contact, phone.contact()).add(Name::expires, "600");
  phone.send(request);
  passes(100ms);
  EXPECT_EQ(charging.ccrs.at(0).subscriber, alice);
  ASSERT_EQ(phone.all("INVITE").size(), 1U);
  EXPECT_EQ(phone.all("INVITE")[0].request_uri(), alice);
  EXPECT_EQ(phone.all("INVITE")[0].value(Name::route), "<sip:phone@127.0.0.1:6000;lr>");
  EXPECT_EQ(phone.sends.size(), 1U);
}

/// RFC 3327 5.3: by the proxies of the binding's path, to the contact.
TEST_F(ServerTest, CallsTheUserByThePathOfTheRegister) {
  starts();
  phone.deposits(alice, "hello");
  passes(10ms);
  auto request = phone.registration(alice);
  request.set(Name::contact, "<sip:alice@127.0.0.1:6999>").add(Name::path, "<sip:proxy@127.0.0.1:6000;lr>");
  phone.send(request);
  passes(100ms);
  ASSERT_EQ(phone.all("INVITE").size(), 1U);
  EXPECT_EQ(phone.all("INVITE")[0].request_uri(), "sip:alice@127.0.0.1:6999");
  EXPECT_EQ(phone.all("INVITE")[0].value(Name::route), "<sip:proxy@127.0.0.1:6000;lr>");
  EXPECT_EQ(phone.sends.size(), 1U);
}

}  // namespace
}  // namespace tollgate::refserver
