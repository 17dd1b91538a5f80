#include "actors/sipp/sipp_author.hpp"

#include <gmock/gmock.h>

#include "actors/im_client/im_client.hpp"
#include "actors/sipp/scripted_stage_test.hpp"
#include "codec/sip/response.hpp"
#include "sim/sim_clock.hpp"
#include "transport/both.hpp"
#include "transport/loopback.hpp"

namespace tollgate::sipp {
namespace {

using sip::Name;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A SUT that is a bare socket, an IM Client as the tap, and behind it one who stands in for SIPp.
class SippAuthorTest : public testing::Test {
 protected:
  SippAuthorTest() {
    ixit.sut_sip = sut.local();
    sut.udp->on_octets = [this](Octets octets, Address const& from) {
      heard.push_back(std::move(octets));
      tap = from;
    };
    sut.tcp->on_accept = [this](std::unique_ptr<Stream> stream) {
      connection = std::move(stream);
      connection->on_octets = [this](std::string_view octets) { heard.emplace_back(octets); };
    };
    alice = played("alice", 3);
  }
  [[nodiscard]] std::unique_ptr<ImClient> played(std::string const& name, std::uint64_t seed) {
    auto client = std::make_unique<ImClient>(clock, network, ixit, recorder, Random(seed), name, "sip:" + name + "@ims.example");
    client->is_written_by(
        [this](Seat seat) { return std::make_unique<SippAuthor>(std::move(seat), network, agents.stage(), OwnScenarios{}); });
    return client;
  }
  void register_carol_who_is_challenged(std::string const& algorithm) {
    ixit.password = "secret";
    carol = played("carol", 4);
    carol->sends_register();
    clock.run_for(20ms);
    auto challenge = sip::response_to(*sip::Message::parse(heard[0]), 401, "r");
    challenge.add(Name::www_authenticate, R"(Digest realm="ims.example", nonce="n", algorithm=)" + algorithm + R"(, qop="auth")");
    sut.udp->send(challenge.set_body("", "").write(), tap);
    clock.run_for(30ms);
  }
  [[nodiscard]] Octets from_sut(std::string const& method, std::string const& branch) const {
    auto request = sip::Message::request(method, "sip:alice@127.0.0.1");
    request.add(Name::via, "SIP/2.0/UDP " + sut.local().text() + ";branch=z9hG4bK" + branch).add(Name::max_forwards, "70");
    request.add(Name::from, "<sip:im@ims.example>;tag=s").add(Name::to, "<sip:alice@ims.example>");
    request.add(Name::call_id, "call").add(Name::cseq, "1 " + method).add(Name::contact, "<sip:im@127.0.0.1>");
    return request.set_body("", "").write();
  }
  [[nodiscard]] Address contact() const { return *Address::parse(alice->word("host") + ":" + alice->word("port")); }
  Received received(std::string const& label) {
    std::optional<Received> got;
    TaskScope scope;
    scope.start([](ImClient& client, std::string wanted, std::optional<Received>& out) -> Task<void> {
      out = co_await client.may_receive(wanted, 1s);
    }(*alice, label, got));
    clock.run_until([&] { return scope.idle(); });
    EXPECT_TRUE(got) << label;
    return got.value_or(Received{});
  }
  /// The INVITE as a case has it, while its answer is held.
  Received invited() {
    sut.udp->send(from_sut("INVITE", "inv"), contact());
    return received("INVITE");
  }
  [[nodiscard]] std::vector<std::string> first_lines() const {
    std::vector<std::string> out;
    for (auto const& octets : heard) out.push_back(octets.substr(0, octets.find("\r\n")));
    return out;
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  Both sut = open_both(network, {"127.0.0.1", 0});
  Ixit ixit;
  Recorder recorder{clock};
  ScriptedStage agents{clock, network};
  std::vector<Octets> heard;
  Address tap;
  std::unique_ptr<Stream> connection;
  std::unique_ptr<ImClient> alice, carol;
};

TEST_F(SippAuthorTest, ARequestGoesOutWithTheAddressesOfTheTap) {
  auto const handed_over = alice->sends_register();
  EXPECT_TRUE(heard.empty()) << "it is another's to write";
  EXPECT_EQ(recorder.handed_over().size(), 1U);
  clock.run_for(20ms);
  ASSERT_THAT(heard, ElementsAre(HasSubstr("REGISTER sip:ims.example SIP/2.0\r\n")));
  EXPECT_THAT(heard[0], HasSubstr("Via: SIP/2.0/UDP " + tap.text() + ";branch=z9hG4bK-127.1.0.1-1;rport\r\n"));
  EXPECT_THAT(heard[0], HasSubstr("Contact: <sip:agent@" + contact().text() + ">\r\n"));
  EXPECT_THAT(heard[0], Not(HasSubstr("127.1.0.1:5060")));
  EXPECT_TRUE(recorder.handed_over().empty());
  EXPECT_EQ(recorder.trace().at(recorder.as_sent(handed_over)).octets, heard[0]);
}

TEST_F(SippAuthorTest, TheAgentHearsTheResponseAsItsOwn) {
  alice->sends_register();
  clock.run_for(20ms);
  sut.udp->send(sip::response_to(*sip::Message::parse(heard[0]), 200, "r").write(), tap);
  EXPECT_EQ(received("200 REGISTER").status, 200);
  clock.run_for(1ms);
  EXPECT_THAT(agents.heard, ElementsAre("200"));
}

TEST_F(SippAuthorTest, AnInviteIsHeldUntilItsAnswerIsDecided) {
  auto const invite = invited();
  EXPECT_EQ(recorder.trace().at(invite.event).at_ns, Duration(20us).count()) << "at the socket, not at the agent";
  clock.run_for(300ms);
  EXPECT_TRUE(heard.empty());
  EXPECT_TRUE(agents.scenes.empty());
  alice->answers(invite, 200);
  clock.run_for(30ms);
  EXPECT_THAT(first_lines(), ElementsAre("SIP/2.0 200 OK"));
  EXPECT_THAT(heard[0], HasSubstr("Contact: <sip:agent@" + tap.text().substr(0, 10)));
  EXPECT_THAT(agents.scenes, ElementsAre("accept"));
  EXPECT_THAT(agents.heard, ElementsAre("INVITE"));
}

TEST_F(SippAuthorTest, RetransmissionsOfWhatIsHeldAreAbsorbed) {
  auto const invite = invited();
  for (int i = 0; i < 3; ++i) sut.udp->send(from_sut("INVITE", "inv"), contact());
  clock.run_for(100ms);
  EXPECT_TRUE(heard.empty());
  alice->answers(invite, 486);
  sut.udp->send(from_sut("INVITE", "inv"), contact());  // while it is being written
  clock.run_for(30ms);
  EXPECT_THAT(first_lines(), ElementsAre("SIP/2.0 486 Busy Here"));
  EXPECT_THAT(agents.heard, ElementsAre("INVITE"));
  auto const repeats = std::ranges::count_if(recorder.trace().events(), [&](auto const& event) { return event.repeats == invite.event; });
  EXPECT_EQ(repeats, 4);
}

TEST_F(SippAuthorTest, AckAndByeGoToTheLegOfTheSession) {
  alice->answers(invited(), 200);
  clock.run_for(30ms);
  sut.udp->send(from_sut("ACK", "ack"), contact());
  sut.udp->send(from_sut("BYE", "bye"), contact());
  auto const bye = received("BYE");
  clock.run_for(1ms);
  EXPECT_THAT(agents.heard, ElementsAre("INVITE", "ACK")) << "the BYE is held";
  EXPECT_FALSE(alice->is_settled());
  alice->answers(bye, 200);
  EXPECT_FALSE(alice->is_settled()) << "its 200 is not written";
  clock.run_for(1ms);
  EXPECT_TRUE(alice->is_settled());
  EXPECT_THAT(agents.heard, ElementsAre("INVITE", "ACK", "BYE"));
  EXPECT_THAT(agents.scenes, ElementsAre("accept"));
  EXPECT_THAT(heard.back(), HasSubstr("CSeq: 1 BYE"));
}

TEST_F(SippAuthorTest, WhatWasWrittenIsDropped) {
  recorder.tampers(
      [](trace::Event const& planned, Segments) { return Departure{.octets = planned.octets, .copies = 0, .says = "dropped"}; });
  alice->answers(invited(), 486);
  clock.run_for(100ms);
  EXPECT_TRUE(heard.empty());
}

TEST_F(SippAuthorTest, WhatWasWrittenIsDuplicated) {
  recorder.tampers([](trace::Event const& planned, Segments) { return Departure{.octets = planned.octets, .copies = 2, .says = "twice"}; });
  alice->answers(invited(), 486);
  clock.run_for(100ms);
  EXPECT_THAT(first_lines(), ElementsAre("SIP/2.0 486 Busy Here", "SIP/2.0 486 Busy Here"));
  EXPECT_EQ(heard[0], heard[1]);
}

TEST_F(SippAuthorTest, WhatWasWrittenIsChanged) {
  Amendment changes;
  changes.edits.push_back({fields::How::set, *fields::parse_path("sip.Contact"), "<sip:elsewhere@192.0.2.1>"});
  alice->answers(invited(), 486, changes);
  clock.run_for(30ms);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_THAT(heard[0], HasSubstr("SIP/2.0 486 Busy Here\r\n"));
  EXPECT_THAT(heard[0], HasSubstr("Contact: <sip:elsewhere@192.0.2.1>\r\n"));
}

TEST_F(SippAuthorTest, WhatWasWrittenIsSplitOverTcp) {
  alice->registers_over(trace::Transport::tcp);
  Amendment pieces;
  pieces.segments.octets = 100;
  alice->sends_register({}, pieces);
  clock.run_for(100ms);
  ASSERT_GT(heard.size(), 2U);
  std::string whole;
  for (auto const& piece : heard) {
    EXPECT_LE(piece.size(), 100U);
    whole += piece;
  }
  EXPECT_THAT(whole, HasSubstr("Via: SIP/2.0/TCP " + alice->word("session-host")));
  EXPECT_THAT(whole, HasSubstr(";transport=tcp>\r\n"));
}

TEST_F(SippAuthorTest, AChallengeIsAnsweredByTheAgent) {
  register_carol_who_is_challenged("MD5");
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_THAT(agents.scenes, ElementsAre("register", "register_digest"));
  EXPECT_THAT(heard[1], HasSubstr("CSeq: 2 REGISTER\r\n"));
  EXPECT_THAT(heard[1], HasSubstr("Authorization: Digest username=\"carol\"\r\n"));
}

/// SIPp 3.6 would end with an error: the tap adds the credentials itself.
TEST_F(SippAuthorTest, AChallengeThatTheAgentCannotComputeIsAnsweredByTheTap) {
  register_carol_who_is_challenged("SHA-256");
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_THAT(agents.scenes, ElementsAre("register"));
  EXPECT_THAT(heard[1], HasSubstr("algorithm=SHA-256, qop=auth"));
}

TEST_F(SippAuthorTest, WhatNoScenarioSendsNeedsTheNativeClient) {
  try {
    alice->sends("SUBSCRIBE", {});
    FAIL() << "it was taken";
  } catch (CaseStopped const& stopped) {
    EXPECT_EQ(stopped.verdict, Verdict::na);
    EXPECT_EQ(stopped.because, "needs the native client: no scenario of SIPp sends SUBSCRIBE");
  }
  EXPECT_TRUE(recorder.handed_over().empty());
  EXPECT_TRUE(alice->is_settled());
}

/// Where they are not found, nothing would be changed, and the SUT blamed for it.
TEST_F(SippAuthorTest, ChangesOfOctetsNeedTheNativeClient) {
  Amendment changes;
  changes.octets.push_back({"Content-Length: 0", "Content-Length: 900"});
  auto const invite = invited();
  try {
    alice->answers(invite, 486, changes);
    FAIL() << "it was taken";
  } catch (CaseStopped const& stopped) {
    EXPECT_EQ(stopped.verdict, Verdict::na);
    EXPECT_THAT(stopped.because, HasSubstr("needs the native client: it changes octets"));
  }
}

TEST_F(SippAuthorTest, AnotherAnswerThanTheWantedGoesOutAndIsNoted) {
  agents.status = 486;
  alice->answers(invited(), 200);
  clock.run_for(30ms);
  EXPECT_THAT(first_lines(), ElementsAre("SIP/2.0 486 Busy Here"));
  EXPECT_TRUE(recorder.handed_over().empty());
  ASSERT_TRUE(recorder.miswritten());
  EXPECT_EQ(recorder.miswritten()->how, "SIPp wrote 486, the case has 200");
  EXPECT_EQ(recorder.trace().at(recorder.miswritten()->sent).octets, heard[0]);
}

/// Nobody could be sent it, or say what it answers: its octets are in the trace all the same.
TEST_F(SippAuthorTest, WhatIsNoMessageIsToldWithItsOctets) {
  struct {
    Octets octets;
    char const* says;
  } const all[] = {
      {"SIP/2.0 200 OK\r\nbad header line\r\nContent-Length: 0\r\n\r\n", "bad header line"},
      {"SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nContent-Length: 0\r\n\r\n", "CSeq"},
      {"SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n", "Via"},
      {"SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\nv=0\r\n", "Content-Length"},
      {"SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\nContent-Length: 50\r\n\r\nv=0\r\n", "the rest of it does not come"},
      {"BADMETHOD garbage\r\n\r\n", "BADMETHOD garbage"},
  };
  for (auto const& [octets, says] : all) {
    Recorder own(clock);
    ImClient client(clock, network, ixit, own, Random(9), "alice", "sip:alice@ims.example");
    client.is_written_by(
        [this](Seat seat) { return std::make_unique<SippAuthor>(std::move(seat), network, agents.stage(), OwnScenarios{}); });
    agents.in_place = octets;
    sut.udp->send(from_sut("INVITE", fmt::format("inv{}", octets.size())),
                  *Address::parse(client.word("host") + ":" + client.word("port")));
    clock.run_for(1ms);
    client.completes();
    client.acts_alone();
    clock.run_for(1s);
    ASSERT_TRUE(own.miswritten()) << says;
    EXPECT_EQ(own.miswritten()->how, "SIPp wrote what is no SIP message");
    EXPECT_THAT(own.miswritten()->because, AllOf(HasSubstr("accept.xml: "), HasSubstr(says), HasSubstr(octets.substr(0, 14))));
    EXPECT_EQ(own.trace().at(own.miswritten()->sent).note, own.miswritten()->because.substr(own.miswritten()->because.find(' ') + 1));
  }
}

TEST_F(SippAuthorTest, ABodyWithoutATypeHasNone) {
  alice->sends_message("sip:bob@ims.example", "", "");
  clock.run_for(20ms);
  ASSERT_THAT(heard, ElementsAre(HasSubstr("MESSAGE sip:bob@ims.example SIP/2.0\r\n")));
  EXPECT_THAT(heard[0], Not(HasSubstr("Content-Type")));
}

TEST_F(SippAuthorTest, TheWantedAnswerIsNoted) {
  alice->answers(invited(), 200);
  clock.run_for(30ms);
  EXPECT_FALSE(recorder.miswritten());
}

TEST_F(SippAuthorTest, OneThatPlaysOnWhenTheCaseIsOverIsEnded) {
  alice->answers(invited(), 200);
  clock.run_for(30ms);
  alice->dismisses_author();
  EXPECT_EQ(recorder.trace().events().back().note, "SIPp accept.xml: ended by us, with the case");
  auto const events = recorder.trace().events().size();
  alice->dismisses_author();
  EXPECT_EQ(recorder.trace().events().size(), events) << "once";
}

TEST_F(SippAuthorTest, OneThatEndsWithoutAWordLeavesItsAccount) {
  agents.fails = true;
  alice->sends_register();
  clock.run_for(100ms);
  EXPECT_TRUE(heard.empty());
  EXPECT_EQ(recorder.handed_over().size(), 1U);
  EXPECT_EQ(recorder.trace().events().back().note, "SIPp register.xml: exit 1: it has a bad day");
}

}  // namespace
}  // namespace tollgate::sipp
