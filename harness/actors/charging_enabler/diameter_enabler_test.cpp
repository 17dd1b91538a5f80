#include "actors/charging_enabler/diameter_enabler.hpp"

#include <gmock/gmock.h>

#include "codec/diameter/dictionary.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/sim_clock.hpp"
#include "sim/wall_clock.hpp"
#include "transport/loopback.hpp"
#include "transport/sockets.hpp"

namespace tollgate {
namespace {

using ch2::RequestType;

/// A SUT that is a bare Diameter connection.
class DiameterEnablerTest : public testing::Test {
 protected:
  DiameterEnablerTest() {
    ocs.attach(alices);
    alices.serves("sip:alice@ims.example");
    stream->on_octets = [this](std::string_view octets) {
      buffer.append(octets);
      while (auto cut = buffer.next()) answers.push_back(*diameter::Message::parse(cut->octets));
    };
  }
  void send(diameter::Message message) {
    message.header.hop_by_hop = message.header.end_to_end = ++identifier;
    stream->send(message.write());
    clock.run_for(1ms);
  }
  void open() {
    send(diameter::capabilities_request(self));
    answers.clear();
  }
  void charge(RequestType type, std::optional<std::uint64_t> requested, std::optional<std::uint64_t> used,
              std::string const& subscriber = "sip:alice@ims.example") {
    ch2::Request request;
    request.type = type;
    request.number = number++;
    request.session_id = "im;1;" + subscriber;
    request.subscriber = subscriber;
    request.service_context = "im@openmobilealliance.org";
    request.requested = requested;
    request.used = used;
    send(ch2::write_request(request, {.origin_host = "im", .origin_realm = "ims.example", .destination_realm = "ims.example"}));
  }
  /// Why Alice's case stops when it waits for that in vain.
  CaseStopped missed(std::string const& label) {
    CaseStopped stopped;
    TaskScope scope;
    scope.start([](CreditControl& at, std::string wanted, CaseStopped& out) -> Task<void> {
      try {
        (void)co_await at.receives(wanted, 1s);
      } catch (CaseStopped const& why) {
        out = why;
      }
    }(alices, label, stopped));
    clock.run_until([&] { return scope.idle(); });
    return stopped;
  }
  Received received(std::string const& label) {
    std::optional<Received> got;
    TaskScope scope;
    scope.start([](CreditControl& at, std::string wanted, std::optional<Received>& out) -> Task<void> {
      out = co_await at.may_receive(wanted, 1s);
    }(alices, label, got));
    clock.run_until([&] { return scope.idle(); });
    EXPECT_TRUE(got) << label;
    return got.value_or(Received{});
  }
  [[nodiscard]] std::uint32_t last_result() const { return diameter::result_code(answers.back()).value_or(0); }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  Ixit ixit;
  Recorder peers{clock};
  Recorder recorder{clock};
  DiameterEnabler ocs{clock, network, ixit, {"127.0.0.1", 3868}, peers};
  CreditControl alices{clock, recorder, "ocs", ixit.origin_host, ixit.origin_realm};
  std::unique_ptr<Stream> stream = network.connect("127.0.0.1", ocs.address());
  StreamBuffer buffer{[](auto octets) { return diameter::frame(octets); }};
  std::vector<diameter::Message> answers;
  diameter::Peer self{.origin_host = "im", .origin_realm = "ims.example"};
  std::uint32_t identifier = 100;
  std::uint32_t number = 0;
};

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
}

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

/// A health check, or a second node that charges nobody: what the SUT has asked is not lost with it.
TEST_F(DiameterEnablerTest, WhoeverElseComesAndGoesConcernsNoCase) {
  open();
  charge(RequestType::initial, 1, {});
  auto const is_told = [&] {
    return std::ranges::any_of(recorder.trace().events(), [](auto const& e) { return e.kind == trace::Kind::closed; });
  };
  for (auto const& first : {Octets(), diameter::capabilities_request(self).write()}) {
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
