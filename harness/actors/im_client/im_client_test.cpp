// What the IM Client says and hears, as a bare SUT sees it.
#include "actors/im_client/im_client_bed_test.hpp"

namespace tollgate {
namespace {

using sip::Name;
using testing::ElementsAre;
using testing::HasSubstr;

/// Of a run beside this one, whose client had that port before.
TEST_F(ImClientTest, TurnsAwayWhoIsNotTheSutAndNamesNobodyOfTheRun) {
  Recorder of_no_case{clock};
  recorder.records_elsewhere_what_is_of_no_case(of_no_case);
  auto const contact = contact_of_client();
  auto const before = recorder.trace().events().size();
  std::vector<Octets> answers;
  auto const stranger = network.bind({"127.0.0.1", 0});
  stranger->on_octets = [&](Octets const& octets, Address const&) { answers.push_back(octets); };
  int sent = 0;
  auto const calls = [&](Datagrams& from, std::string const& method, std::string const& uri, std::string const& to) {
    auto request = sip::Message::request(method, uri);
    request.add(Name::via, "SIP/2.0/UDP " + from.local().text() + ";branch=z9hG4bKof" + std::to_string(++sent));
    request.add(Name::max_forwards, "70").add(Name::from, "<sip:x@other.example>;tag=a").add(Name::to, to);
    request.add(Name::call_id, "stray").add(Name::cseq, "1 " + method).add(Name::contact, "<sip:x@" + from.local().text() + ">");
    request.set_body("", "");
    from.send(request.write(), contact);
    clock.run_for(1ms);
  };
  std::string const nobody = "sip:nobody@" + contact.text(), of_nobody = "<sip:nobody@other.example>";
  calls(*stranger, "INVITE", nobody, of_nobody);
  calls(*stranger, "ACK", nobody, of_nobody + ";tag=b");
  calls(*stranger, "BYE", nobody, of_nobody + ";tag=b");
  EXPECT_THAT(answers, ElementsAre(HasSubstr("SIP/2.0 404 "), HasSubstr("SIP/2.0 481 ")));
  EXPECT_EQ(recorder.trace().events().size(), before) << "the case has nothing to do with it";
  ASSERT_EQ(of_no_case.trace().events().size(), 3U);
  for (auto const& event : of_no_case.trace().events()) EXPECT_EQ(event.kind, trace::Kind::foreign);
  EXPECT_THAT(of_no_case.trace().at(1).note, HasSubstr("sent INVITE for sip:nobody@"));

  calls(*stranger, "INVITE", "sip:user78@" + contact.text(), "<sip:user78@ims.example>");          // of a run that has our domain too
  calls(*stranger, "BYE", "sip:user78@" + contact.text(), "<sip:user78@ims.example>;tag=theirs");  // of a dialog that we never had
  EXPECT_EQ(of_no_case.trace().events().size(), 5U);
  EXPECT_EQ(recorder.trace().events().size(), before);

  calls(*sut, "INVITE", nobody, of_nobody);                              // whatever the SUT says is the SUT's
  calls(*stranger, "INVITE", nobody, "<sip:alice@ims.example>");         // it may send from elsewhere
  calls(*stranger, "INVITE", "sip:alice@" + contact.text(), of_nobody);  // the contact
  EXPECT_EQ(recorder.trace().events().size(), before + 3);
  EXPECT_EQ(of_no_case.trace().events().size(), 5U);

  for (std::size_t i = 0; i < 2 * Recorder::kept_most; ++i) stranger->send("what nobody can read", contact);
  clock.run_for(1s);
  EXPECT_EQ(recorder.trace().events().size(), before + 3 + Recorder::kept_most + 1) << "of what comes without end the first";
  EXPECT_EQ(recorder.trace().events().back().kind, trace::Kind::unkept);
}

TEST_F(ImClientTest, RepeatsAnUnansweredRequestByTimersEAndF) {
  alice.sends_register();
  clock.run_for(60s);
  std::vector<std::int64_t> at_ms;
  for (auto const& one : heard) at_ms.push_back(std::chrono::floor<std::chrono::milliseconds>(one.at).count());
  EXPECT_THAT(at_ms, ElementsAre(0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500));
  for (auto const& octets : octets_heard()) EXPECT_EQ(octets, heard.front().octets);
  auto const& events = recorder.trace().events();
  EXPECT_EQ(events[0].repeats, 0U);
  EXPECT_EQ(events[1].repeats, 1U);
}

TEST_F(ImClientTest, AnAnsweredRequestIsNotRepeatedAndCopiesOfTheAnswerAreMarked) {
  alice.sends_register();
  clock.run_for(1ms);
  auto const answer = sip::response_to(*sip::Message::parse(heard[0].octets), 200, "r").write();
  sut->send(answer, heard[0].from);
  sut->send(answer, heard[0].from);
  clock.run_for(60s);
  EXPECT_EQ(heard.size(), 1U);
  auto const& events = recorder.trace().events();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[1].about, 1U);
  EXPECT_EQ(events[1].repeats, 0U);
  EXPECT_EQ(events[2].repeats, 2U);
}

/// RFC 3261 7.5, RFC 5626 4.4.1: CRLFs are no message; a ping on a connection that the SUT has made is answered at once.
TEST_F(ImClientTest, KeepAlivesAreNoMessages) {
  auto const contact = contact_of_client();
  auto const before = recorder.trace().events().size();
  sut->send("\r\n\r\n", contact);
  sut->send("\r\n", contact);
  auto const stream = network.connect("127.0.0.1", contact);
  Octets pongs;
  stream->on_octets = [&](std::string_view octets) { pongs += octets; };
  clock.run_for(10ms);
  stream->send("\r\n\r\n\r\n");
  clock.run_for(10ms);
  EXPECT_EQ(pongs, "\r\n");
  stream->send("\r\n");
  clock.run_for(10ms);
  EXPECT_EQ(pongs, "\r\n\r\n");
  EXPECT_EQ(recorder.trace().events().size(), before);
  stream->send("\r\n\r\n" + invite(""));
  EXPECT_EQ(received("INVITE").name, "INVITE");
  clock.run_for(10ms);
  EXPECT_EQ(pongs, "\r\n\r\n\r\n");
  EXPECT_TRUE(recorder.trace().events().back().octets.starts_with("INVITE "));
}

TEST_F(ImClientTest, A2xxIsRepeatedUntilItsAckAndARepeatedInviteIsAnsweredAgain) {
  auto const contact = contact_of_client();
  sut->send(invite(""), contact);
  auto const item = received("INVITE");
  alice.answers(item, 200);
  sut->send(invite(""), contact);
  clock.run_for(100ms);
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[0].octets, heard[1].octets);
  clock.run_for(1500ms);
  EXPECT_EQ(heard.size(), 4U) << "T1 and 2*T1 later";
  auto ack = sip::Message::request("ACK", "sip:alice@127.0.0.1");
  ack.add(Name::via, "SIP/2.0/UDP h;branch=z9hG4bKack").add(Name::call_id, "call").add(Name::cseq, "1 ACK");
  ack.add(Name::from, "<sip:im@ims.example>;tag=s").add(Name::to, "<sip:alice@ims.example>");
  sut->send(ack.write(), contact);
  clock.run_for(60s);
  EXPECT_EQ(heard.size(), 4U);
}

TEST_F(ImClientTest, ARefusalIsRepeatedByTimerGUntilItsAck) {
  auto const contact = contact_of_client();
  sut->send(invite(""), contact);
  alice.answers(received("INVITE"), 486);
  clock.run_for(1600ms);
  EXPECT_EQ(heard.size(), 3U) << "at once, T1 and 3*T1 later";
  auto ack = sip::Message::request("ACK", "sip:alice@127.0.0.1");
  ack.add(Name::via, "SIP/2.0/UDP " + sut->local().text() + ";branch=z9hG4bKinv").add(Name::call_id, "call");
  ack.add(Name::cseq, "1 ACK").add(Name::from, "<sip:im@ims.example>;tag=s").add(Name::to, "<sip:alice@ims.example>;tag=x");
  sut->send(ack.write(), contact);
  clock.run_for(60s);
  EXPECT_EQ(heard.size(), 3U);
}

TEST_F(ImClientTest, AnswersTheOfferByItsSetup) {
  struct Row {
    char const* offered;
    sdp::Setup prefers;
    char const* answered;
    bool port_is_9;
  };
  Row const rows[] = {{"a=setup:actpass\r\n", sdp::Setup::active, "a=setup:active", true},
                      {"a=setup:actpass\r\n", sdp::Setup::passive, "a=setup:passive", false},
                      {"a=setup:active\r\n", sdp::Setup::active, "a=setup:passive", false},
                      {"a=setup:passive\r\n", sdp::Setup::passive, "a=setup:active", true}};
  auto const contact = contact_of_client();
  int number = 0;
  for (auto const& row : rows) {
    heard.clear();
    alice.prefers(row.prefers);
    auto request = *sip::Message::parse(
        invite(std::string("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 7000 TCP/MSRP *\r\n") +
               row.offered + "a=accept-types:message/cpim\r\na=path:msrp://127.0.0.1:7000/x;tcp\r\n"));
    request.set(Name::via, "SIP/2.0/UDP " + sut->local().text() + ";branch=z9hG4bK" + std::to_string(++number));
    request.set(Name::call_id, "call" + std::to_string(number));
    sut->send(request.write(), contact);
    alice.answers(received("INVITE"), 200);
    clock.run_for(1ms);
    auto const body = sip::Message::parse(heard.front().octets)->body();
    EXPECT_THAT(body, HasSubstr(row.answered));
    EXPECT_EQ(body.contains("m=message 9 "), row.port_is_9) << body;
  }
}

std::string const offer =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 7000 TCP/MSRP *\r\n"
    "a=setup:actpass\r\na=accept-types:message/cpim\r\na=path:msrp://127.0.0.1:7000/x;tcp\r\n";

TEST_F(ImClientTest, A183OpensTheSessionEarlyAndThe200RepeatsItsAnswer) {
  auto const contact = contact_of_client();
  alice.prefers(sdp::Setup::passive);
  sut->send(invite(offer), contact);
  auto const held = received("INVITE");
  alice.answers(held, 180);
  alice.answers(held, 183);
  clock.run_for(1ms);
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(sip::Message::parse(heard[0].octets)->body(), "");
  auto const early = Octets(sip::Message::parse(heard[1].octets)->body());
  EXPECT_THAT(early, HasSubstr("a=setup:passive"));
  auto const path = early.substr(early.find("a=path:") + 7, early.find("\r\n", early.find("a=path:")) - early.find("a=path:") - 7);
  auto const port = static_cast<std::uint16_t>(std::stoi(path.substr(path.find(':', 7) + 1)));
  auto const stream = network.connect("127.0.0.1", {"127.0.0.1", port});
  stream->send("MSRP t1 SEND\r\nTo-Path: " + path +
               "\r\nFrom-Path: msrp://127.0.0.1:7000/x;tcp\r\nMessage-ID: m1\r\n"
               "Byte-Range: 1-5/5\r\nContent-Type: text/plain\r\n\r\nearly\r\n-------t1$\r\n");
  EXPECT_EQ(received("SEND").content, "early");
  alice.answers(held, 200);
  clock.run_for(1ms);
  EXPECT_EQ(sip::Message::parse(heard[2].octets)->body(), early);
}

TEST_F(ImClientTest, ACancelledInviteIs487AndTheCancel200) {
  auto const contact = contact_of_client();
  sut->send(invite(""), contact);
  auto const held = received("INVITE");
  alice.answers(held, 180);
  auto cancel = *sip::Message::parse(invite(""));
  auto text = cancel.write();
  text.replace(text.find("INVITE"), 6, "CANCEL").replace(text.find("1 INVITE"), 8, "1 CANCEL");
  sut->send(text, contact);
  clock.run_for(1ms);
  ASSERT_EQ(heard.size(), 3U);
  std::vector<std::string> got;
  for (auto const& one : {heard[1], heard[2]}) {
    auto const response = *sip::Message::parse(one.octets);
    got.push_back(std::to_string(response.status()) + " " + std::string(response.value(Name::cseq).value_or("")));
  }
  EXPECT_THAT(got, testing::UnorderedElementsAre("200 1 CANCEL", "487 1 INVITE"));
  alice.answers(held, 200);
  clock.run_for(1ms);
  EXPECT_EQ(heard.size(), 3U) << "it has its final response";
  (void)received("CANCEL");
  text.replace(text.find("z9hG4bKinv"), 10, "z9hG4bKxyz");
  sut->send(text, contact);
  clock.run_for(1ms);
  EXPECT_EQ(sip::Message::parse(heard.back().octets)->status(), 481) << "there is no such INVITE";
}

TEST_F(ImClientTest, AResponseGoesToThePortOfTheViaUnlessRportAsksForTheSource) {
  auto const contact = contact_of_client();
  auto const elsewhere = network.bind({"127.0.0.1", 5099});
  std::vector<Octets> at_sent_by;
  elsewhere->on_octets = [&](Octets octets, Address const&) { at_sent_by.push_back(std::move(octets)); };
  auto request = *sip::Message::parse(invite(""));
  request.set(Name::via, "SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bKone");
  sut->send(request.write(), contact);
  alice.answers(received("INVITE"), 180);
  clock.run_for(1ms);
  EXPECT_EQ(at_sent_by.size(), 1U);
  EXPECT_TRUE(heard.empty());
  request.set(Name::via, "SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bKtwo;rport").set(Name::call_id, "two");
  sut->send(request.write(), contact);
  alice.answers(received("INVITE"), 180);
  clock.run_for(1ms);
  EXPECT_EQ(at_sent_by.size(), 1U);
  EXPECT_EQ(heard.size(), 1U);
}

TEST_F(ImClientTest, WhatCannotBeReadIsInTheTraceWithTheReason) {
  auto const contact = contact_of_client();
  auto const before = recorder.trace().events().size();
  sut->send("garbage", contact);
  clock.run_for(1ms);
  ASSERT_EQ(recorder.trace().events().size(), before + 1);
  EXPECT_EQ(recorder.trace().events().back().octets, "garbage");
  EXPECT_FALSE(recorder.trace().events().back().note.empty());
}

TEST_F(ImClientTest, ASilenceThatIsBrokenNamesWhatWasWithheld) {
  auto const contact = contact_of_client();
  sut->send(invite(""), contact);
  auto const held = received("INVITE");
  auto options = *sip::Message::parse(invite(""));
  options.set(Name::cseq, "2 INVITE").set(Name::via, "SIP/2.0/UDP h;branch=z9hG4bKother").set(Name::call_id, "other");
  sut->send(options.write(), contact);
  CaseStopped stopped;
  TaskScope scope;
  scope.start([](ImClient& client, CaseStopped& out) -> Task<void> {
    try {
      co_await client.hears_no("INVITE", 1s);
    } catch (CaseStopped const& why) {
      out = why;
    }
  }(alice, stopped));
  clock.run_until([&] { return scope.idle(); });
  EXPECT_EQ(stopped.reason, "unexpected INVITE");
  EXPECT_THAT(stopped.because, HasSubstr("while the answer to #" + std::to_string(held.event) + " INVITE was withheld"));
  auto const is_said = [&](trace::Event const& event) { return event.kind == trace::Kind::withheld && event.about == held.event; };
  EXPECT_EQ(std::ranges::count_if(recorder.trace().events(), is_said), 1) << "the trace says so too";
}

}  // namespace
}  // namespace tollgate
