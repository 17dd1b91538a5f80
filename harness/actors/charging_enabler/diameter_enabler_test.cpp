#include "actors/charging_enabler/diameter_enabler.hpp"

#include <gmock/gmock.h>

#include "actors/charging_enabler/diameter_bed_test.hpp"

namespace tollgate {
namespace {

using ch2::RequestType;

TEST_F(DiameterEnablerTest, ExchangesCapabilitiesWatchdogsAndGoodbyes) {
  EXPECT_FALSE(ocs.has_peer());
  send(diameter::capabilities_request(self));
  EXPECT_TRUE(ocs.has_peer());
  EXPECT_EQ(last_result(), 2001U);
  send(diameter::watchdog_request(self));
  EXPECT_EQ(answers.back().header.command, diameter::command_watchdog);
  EXPECT_EQ(answers.back().header.hop_by_hop, identifier);
  send(diameter::disconnect_request(self, 0));
  EXPECT_EQ(answers.back().header.command, diameter::command_disconnect);
  EXPECT_FALSE(ocs.has_peer());
}

TEST_F(DiameterEnablerTest, SendsOneDwrAfterTwOfSilence) {
  open();
  clock.run_for(ixit.diameter_watchdog + 1ms);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_TRUE(answers[0].header.is_request());
  EXPECT_EQ(answers[0].header.command, diameter::command_watchdog);
  clock.run_for(ixit.diameter_watchdog + 1ms);
  EXPECT_EQ(answers.size(), 1U) << "one is outstanding (RFC 3539 3.4.1)";
}

TEST_F(DiameterEnablerTest, AsksByDwrAndKnowsWhatIsOwed) {
  EXPECT_FALSE(ocs.owes_watchdog());
  open();
  ocs.asks_watchdog();
  ocs.asks_watchdog();
  clock.run_for(1ms);
  ASSERT_EQ(answers.size(), 1U) << "one is outstanding (RFC 3539 3.4.1)";
  EXPECT_EQ(answers[0].header.command, diameter::command_watchdog);
  EXPECT_TRUE(ocs.owes_watchdog());
  stream->send(diameter::short_answer(answers[0], self, 2001).write());
  clock.run_for(1ms);
  EXPECT_FALSE(ocs.owes_watchdog());
}

/// Behind half a message of ours the SUT may wait for its other half.
TEST_F(DiameterEnablerTest, IsOwedNoDwaBehindHalfAMessage) {
  open();
  charge(RequestType::initial, 1, {});
  auto const request = received("reserve_units");
  Amendment half;
  half.rewrite = [](Octets octets) { return octets.substr(0, octets.size() / 2); };
  alices.answers(request, {}, half);
  ocs.asks_watchdog();
  clock.run_for(1ms);
  EXPECT_FALSE(ocs.owes_watchdog());
}

TEST_F(DiameterEnablerTest, SaysWhoLetsGoWithoutADpr) {
  unsigned let_go = 0;
  ocs.on_let_go = [&] { ++let_go; };
  open();
  stream->close();
  clock.run_for(1ms);
  EXPECT_EQ(let_go, 1U);
  stream = network.connect("127.0.0.1", ocs.address());
  open();
  send(diameter::disconnect_request(self, 0));
  stream->close();
  clock.run_for(1ms);
  EXPECT_EQ(let_go, 1U) << "it had said so";
}

/// Who asks without end what nobody knows fills no memory.
TEST_F(DiameterEnablerTest, KeepsTheFirstOfWhatNobodyKnows) {
  open();
  auto const before = peers.trace().events().size();
  diameter::Message unknown;
  unknown.header = {.flags = diameter::flag_request, .command = 9'999'999, .application = diameter::application_credit_control};
  for (std::size_t i = 0; i < 3 * Recorder::kept_most; ++i) send(unknown);
  EXPECT_EQ(answers.size(), 3 * Recorder::kept_most);
  EXPECT_EQ(peers.trace().events().size(), before + 2 * Recorder::kept_most + 1);
  EXPECT_EQ(peers.trace().events().back().kind, trace::Kind::unkept);
}

TEST_F(DiameterEnablerTest, UnknownCommandsGet3001WithTheErrorBit) {
  open();
  auto unknown = diameter::watchdog_request(self);
  unknown.header.command = 9999999;
  send(unknown);
  EXPECT_EQ(last_result(), 3001U);
  EXPECT_NE(answers.back().header.flags & diameter::flag_error, 0);
}

/// Q-ANY: what is asked for is less than what is needed.
TEST_F(DiameterEnablerTest, GrantsWhatIsAskedForOrTheLeastThatItIsTold) {
  open();
  alices.acts_alone();
  charge(RequestType::initial, 3, {});
  (void)received("reserve_units");
  auto const& account = alices.accounts().at("im;1;sip:alice@ims.example");
  EXPECT_EQ(account.held, 3U);
  alices.grants_at_least(10);
  charge(RequestType::update, 3, {});
  (void)received("*");
  EXPECT_EQ(account.held, 3U + 10U);
}

TEST_F(DiameterEnablerTest, HoldsDebitsAndReleasesByCreditSession) {
  open();
  charge(RequestType::initial, 3, {});
  EXPECT_TRUE(answers.empty()) << "scripted: nobody has answered";
  auto const reserve = received("reserve_units");
  alices.answers(reserve, {.result = 2001, .granted = 3});
  clock.run_for(1ms);
  EXPECT_EQ(last_result(), 2001U);
  auto const& account = alices.accounts().at("im;1;sip:alice@ims.example");
  EXPECT_EQ(account.held, 3U);
  EXPECT_FALSE(alices.is_settled());
  charge(RequestType::termination, {}, 2);
  (void)received("debit_units");  // answered at once
  EXPECT_EQ(account.debited, 2U);
  EXPECT_EQ(account.released, 1U);
  EXPECT_EQ(account.held, 0U);
  EXPECT_TRUE(alices.is_settled());
}

TEST_F(DiameterEnablerTest, ADebitWaitsWhereTheCaseScriptsIt) {
  open();
  alices.scripts(ch2::Operation::debit_units);
  charge(RequestType::termination, {}, 2);
  EXPECT_TRUE(answers.empty());
  alices.answers(received("debit_units"));
  clock.run_for(1ms);
  EXPECT_EQ(last_result(), 2001U);
}

TEST_F(DiameterEnablerTest, ATerminationOfZeroUnitsAfterADebitOnlyCloses) {
  open();
  charge(RequestType::update, {}, 2);
  charge(RequestType::termination, {}, 0);
  (void)received("debit_units");
  EXPECT_EQ(received("close").charge->used, 0U);
}

TEST_F(DiameterEnablerTest, ARefusalHoldsNothing) {
  open();
  charge(RequestType::initial, 3, {});
  alices.answers(received("reserve_units"), {.result = 4012});
  clock.run_for(1ms);
  EXPECT_EQ(last_result(), 4012U);
  EXPECT_EQ(alices.accounts().at("im;1;sip:alice@ims.example").held, 0U);
  EXPECT_TRUE(alices.is_settled());
}

TEST_F(DiameterEnablerTest, SubscribersOfNoCaseAreAnsweredAlone) {
  open();
  charge(RequestType::initial, 1, {}, "sip:stranger@ims.example");
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(last_result(), 2001U);
  EXPECT_TRUE(recorder.trace().empty()) << "it is in the peers' trace, not in a case's";
}

TEST_F(DiameterEnablerTest, TheSameUserInAnotherWritingIsTheCases) {
  open();
  charge(RequestType::initial, 1, {}, "SIP:%61lice@IMS.Example");
  auto const reserve = received("reserve_units");
  EXPECT_EQ(recorder.trace().at(reserve.event).party, "sip:alice@ims.example") << "one party for SIP and CH-2";
  charge(RequestType::initial, 1, {}, "sip:ALICE@ims.example");
  EXPECT_EQ(last_result(), 2001U) << "a user part is case-sensitive (RFC 3261 19.1.4): a stranger";
}

TEST_F(DiameterEnablerTest, WhoMissesACcrIsToldOfThoseThatFitNoCase) {
  open();
  charge(RequestType::initial, 1, {}, "tel:+15550100");
  auto const stopped = missed("reserve_units");
  EXPECT_EQ(stopped.reason, "missing reserve_units");
  EXPECT_THAT(stopped.because, testing::ContainsRegex("belongs to no case \\(peers.jsonl\\): #[0-9]+ reserve_units of 'tel:\\+15550100'"));
}

TEST_F(DiameterEnablerTest, TellsStraysSinceSoManyOfThem) {
  open();
  EXPECT_TRUE(ocs.strays_since(0).empty());
  charge(RequestType::initial, 1, {});
  charge(RequestType::initial, 1, {}, "tel:+15550100");
  charge(RequestType::termination, {}, 1, "sip:stranger@ims.example");
  charge(RequestType::termination, {}, 0, "sip:stranger@ims.example");
  auto const strays = ocs.strays_since(0);
  ASSERT_EQ(strays.size(), 3U);
  EXPECT_EQ(strays[0].subscriber, "tel:+15550100");
  EXPECT_EQ(strays[0].label, "reserve_units");
  EXPECT_TRUE(strays[0].charges);
  EXPECT_EQ(peers.trace().at(strays[0].event).party, "tel:+15550100");
  EXPECT_EQ(strays[1].label, "debit_units");
  EXPECT_TRUE(strays[1].charges);
  EXPECT_FALSE(strays[2].charges) << "no units";
  EXPECT_EQ(ocs.strays_since(2).size(), 1U);
  EXPECT_TRUE(ocs.strays_since(4).empty());
}

/// The T flag: the first may have come to a case.
TEST_F(DiameterEnablerTest, AStrayThatWasSentBeforeChargesNobody) {
  open();
  auto ccr = ch2::write_request({.type = RequestType::initial, .session_id = "im;1;1", .subscriber = "tel:+15550100", .requested = 1}, {});
  ccr.header.flags |= diameter::flag_retransmitted;
  send(ccr);
  ASSERT_EQ(ocs.strays_since(0).size(), 1U);
  EXPECT_FALSE(ocs.strays_since(0).front().charges);
}

TEST_F(DiameterEnablerTest, LateCcrsOfFormerCasesAreNoStrays) {
  open();
  {
    CreditControl former(clock, recorder, "ocs", ixit.origin_host, ixit.origin_realm);
    former.serves("sip:carol@ims.example");
    ocs.attach(former);
    ocs.detach(former);
  }
  charge(RequestType::initial, 1, {}, "sip:carol@ims.example");
  auto const stopped = missed("reserve_units");
  EXPECT_THAT(stopped.because, testing::Not(testing::HasSubstr("no case")));
  EXPECT_TRUE(ocs.strays_since(0).empty());
}

TEST_F(DiameterEnablerTest, TellsWhenItsLastPeerIsGone) {
  int gone = 0;
  ocs.on_last_peer_gone = [&] { ++gone; };
  open();
  auto const second = network.connect("127.0.0.1", ocs.address());
  auto hello = diameter::capabilities_request(self);
  second->send(hello.write());
  clock.run_for(1ms);
  stream->close();
  clock.run_for(1ms);
  EXPECT_EQ(gone, 0);
  second->close();
  clock.run_for(1ms);
  EXPECT_EQ(gone, 1);
}

TEST_F(DiameterEnablerTest, KeepsWhatTheEndOfAConnectionHasCutOff) {
  open();
  auto const half = ch2::write_request({.type = RequestType::initial, .session_id = "im;1;1"}, {}).write().substr(0, 40);
  stream->send(half);
  stream->close();
  clock.run_for(1ms);
  auto const& all = peers.trace().events();
  auto const cut = std::ranges::find(all, half, &trace::Event::octets);
  ASSERT_NE(cut, all.end());
  EXPECT_EQ(cut->note, "the connection ended before the message was complete (RFC 6733 3)");
}

TEST_F(DiameterEnablerTest, ACcrWithoutItsCoreIs5005AndAStreamThatCannotBeCutIsClosed) {
  open();
  auto ccr = ch2::write_request({.type = RequestType::initial, .session_id = "im;1;1"}, {});
  std::erase_if(ccr.avps, [](auto const& avp) { return avp.is(diameter::make("CC-Request-Type", 1U).code, 0); });
  send(ccr);
  EXPECT_EQ(last_result(), 5005U);
  bool closed = false;
  stream->on_closed = [&](std::string_view) { closed = true; };
  stream->send(std::string(20, '\xff'));
  clock.run_for(1ms);
  EXPECT_TRUE(closed);
  EXPECT_FALSE(ocs.has_peer());
}

}  // namespace
}  // namespace tollgate
