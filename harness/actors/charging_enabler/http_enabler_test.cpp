#include "actors/charging_enabler/http_enabler.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/xml_schema_test.hpp"
#include "codec/ch2/document.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// One connection of a SUT.
struct Client {
  Client(Network& network, Address const& to) : stream(network.connect("127.0.0.1", to)) {
    stream->on_octets = [this](std::string_view octets) {
      buffer.append(octets);
      while (auto cut = buffer.next()) responses.push_back(ch2::parse_http(cut->octets).value());
    };
    stream->on_closed = [this](std::string_view) { closed = true; };
  }
  [[nodiscard]] std::vector<unsigned> statuses() const {
    std::vector<unsigned> all;
    for (auto const& one : responses) all.push_back(one.status);
    return all;
  }

  std::unique_ptr<Stream> stream;
  StreamBuffer buffer{ch2::frame_http};
  std::vector<ch2::HttpMessage> responses;
  bool closed = false;
};

class HttpEnablerTest : public testing::Test {
 protected:
  HttpEnablerTest() {
    ocs.attach(alices);
    alices.serves("sip:alice@ims.example");
  }
  static std::string document(std::string const& subscriber = "sip:alice@ims.example", std::uint32_t session = 1) {
    ch2::Request const request{.type = ch2::RequestType::initial,
                               .session_id = fmt::format("im;1;{}", session),
                               .subscriber = subscriber,
                               .service_context = "im@openmobilealliance.org",
                               .requested = 3};
    return ch2::write_document(ch2::write_request(request, {"im", "ims.example", "ims.example"})).value();
  }
  static Octets post(std::string const& body) { return ch2::write_post(ch2::default_target, "ocs", body); }
  void sends(Client& from, std::string_view octets) {
    from.stream->send(octets);
    clock.run_for(1ms);
  }
  Received reserve() {
    std::optional<Received> got;
    TaskScope scope;
    scope.start([](CreditControl& at, std::optional<Received>& out) -> Task<void> { out = co_await at.may_receive("reserve_units", 1s); }(
                                                                        alices, got));
    clock.run_until([&] { return scope.idle(); });
    EXPECT_TRUE(got);
    return got.value_or(Received{});
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  Ixit ixit;
  Recorder peers{clock};
  Recorder recorder{clock};
  HttpEnabler ocs{clock, network, ixit, {"127.0.0.1", 3868}, peers};
  CreditControl alices{clock, recorder, "ocs", ixit.origin_host, ixit.origin_realm};
  Client client{network, ocs.address()};
};

TEST_F(HttpEnablerTest, AnswersWhatTheCaseAnswersWithTheSameTraceAsDiameter) {
  sends(client, post(document()));
  EXPECT_TRUE(client.responses.empty()) << "scripted: nobody has answered";
  alices.answers(reserve(), {.result = 4012});
  clock.run_for(1ms);
  ASSERT_THAT(client.statuses(), ElementsAre(200U));
  auto const cca = ch2::read_document(client.responses[0].body);
  ASSERT_TRUE(cca);
  EXPECT_EQ(ch2::read_answer(*cca)->result, 4012U);
  auto const& events = recorder.trace().events();
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].meaning.label(), "reserve_units");
  EXPECT_EQ(events[0].meaning.requested, 3U);
  EXPECT_EQ(events[1].meaning.label(), "4012 reserve_units");
  EXPECT_EQ(events[1].about, events[0].id);
}

/// RFC 9112 9.3.2: in the order of the requests, whichever is answered first.
TEST_F(HttpEnablerTest, AnswersAPipelineInItsOrder) {
  sends(client, post(document()) + post(document("sip:nobody@ims.example", 2)));
  EXPECT_TRUE(client.responses.empty()) << "the second, which nobody scripts, waits for the first";
  alices.answers(reserve(), {});
  clock.run_for(1ms);
  ASSERT_THAT(client.statuses(), ElementsAre(200U, 200U));
  EXPECT_THAT(client.responses[0].body, HasSubstr("im;1;1"));
  EXPECT_THAT(client.responses[1].body, HasSubstr("im;1;2"));
}

/// It is sent when it goes out, not when it is ready.
TEST_F(HttpEnablerTest, RecordsAResponseWhenItGoesOut) {
  Recorder bobs_recorder{clock};
  CreditControl bobs{clock, bobs_recorder, "ocs", ixit.origin_host, ixit.origin_realm};
  ocs.attach(bobs);
  bobs.serves("sip:bob@ims.example");
  sends(client, post(document()) + post(document("sip:bob@ims.example", 2)));
  auto const alice_asks = reserve();
  std::optional<Received> bob_asks;
  std::optional<trace::EventId> out;
  TaskScope scope;
  scope.start([](CreditControl& at, std::optional<Received>& asks, std::optional<trace::EventId>& sent) -> Task<void> {
    asks = co_await at.may_receive("reserve_units", 1s);
    sent = co_await at.has_sent(at.answers(*asks), 10s);
  }(bobs, bob_asks, out));
  clock.run_for(2s);
  EXPECT_FALSE(out) << "who depends on it waits";
  EXPECT_EQ(bobs_recorder.trace().events().back().kind, trace::Kind::played);
  EXPECT_THAT(bobs_recorder.trace().events().back().note, HasSubstr("waits for the response that goes before it"));
  auto const before = clock.now();
  alices.answers(alice_asks, {});
  clock.run_for(1ms);
  ASSERT_TRUE(out);
  auto const& sent = bobs_recorder.trace().at(*out);
  EXPECT_EQ(sent.meaning.label(), "2001 reserve_units");
  EXPECT_EQ(sent.at_ns, before.count());
  EXPECT_EQ(sent.about, bob_asks->event);
  ASSERT_THAT(client.statuses(), ElementsAre(200U, 200U));
  bobs.repeats(*out);
  EXPECT_EQ(bobs_recorder.trace().events().back().note, "the connection was gone") << "nobody can answer twice over HTTP";
  ocs.detach(bobs);
}

/// Its own answer goes before it: nobody else will let it go.
TEST_F(HttpEnablerTest, ACaseDoesNotWaitForItself) {
  sends(client, post(document()) + post(document("sip:alice@ims.example", 2)));
  auto const first = reserve(), second = reserve();
  std::optional<trace::EventId> out;
  TaskScope scope;
  scope.start([](CreditControl& at, Received const& to, std::optional<trace::EventId>& sent) -> Task<void> {
    sent = co_await at.has_sent(at.answers(to), 10s);
  }(alices, second, out));
  clock.run_for(1ms);
  EXPECT_TRUE(out);
  alices.answers(first, {});
  clock.run_for(1ms);
  ASSERT_THAT(recorder.trace().events().back().meaning.label(), "2001 reserve_units");
  EXPECT_EQ(recorder.trace().events().back().about, second.event);
}

TEST_F(HttpEnablerTest, SaysOfAResponseThatNeverGoesOut) {
  sends(client, post(document()) + post(document("sip:alice@ims.example", 2)));
  (void)reserve();
  alices.answers(reserve(), {});
  client.stream->close();
  clock.run_for(1ms);
  auto const lost = std::ranges::find(recorder.trace().events(), trace::Kind::released, &trace::Event::kind);
  ASSERT_NE(lost, recorder.trace().events().end());
  EXPECT_EQ(lost->note, "the connection was gone");
}

TEST_F(HttpEnablerTest, KeepsTheFirstOfWhatItRefuses) {
  for (std::size_t i = 0; i < 3 * Recorder::kept_most; ++i) sends(client, post("<EventRequest"));
  EXPECT_EQ(client.responses.size(), 3 * Recorder::kept_most) << "each has its answer";
  auto const& events = peers.trace().events();
  EXPECT_EQ(events.size(), 2 * Recorder::kept_most + 1);
  EXPECT_THAT(events.back().note, testing::StartsWith("200 more messages over HTTP that were refused, "));
}

/// Well-formed, and nobody's: who asks without end fills no memory either.
TEST_F(HttpEnablerTest, AnswersStrangersWithoutEndAndKeepsTheFirst) {
  auto const octets = post(document("sip:nobody@ims.example"));
  constexpr std::size_t asked = 10'500;
  for (std::size_t i = 0; i < asked; ++i) sends(client, octets);
  EXPECT_EQ(client.responses.size(), asked);
  EXPECT_EQ(client.responses.back().status, 200U);
  auto const& events = peers.trace().events();
  EXPECT_EQ(events.size(), 2 * 10'000 + Recorder::kept_most + 1);
  EXPECT_THAT(events.back().note, testing::StartsWith("400 more requests of subscribers of no case, "));
}

TEST_F(HttpEnablerTest, RefusesWithAStatusAndAResponseThatSaysWhy) {
  std::string const good = document();
  struct Row {
    Octets octets;
    unsigned status;
    std::string_view why;
    bool closes = false;
  };
  auto const headed = [&](std::string const& line, std::string const& type, std::string const& body) {
    return fmt::format("{} HTTP/1.1\r\nHost: x\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}", line, type, body.size(), body);
  };
  Row const rows[] = {
      {post("<EventRequest"), 400, "document"},
      {post(std::string(good).replace(good.find("first"), 5, "never")), 400, "Interrogation"},
      {post("<!DOCTYPE a [<!ENTITY b \"b\">]>" + good), 400, "doctypedecl"},
      {headed("POST /other", "application/xml", good), 404, "/other"},
      {headed("POST http://ocs/ch2", "text/plain", good), 415, "Content-Type"},
      {headed("POST HTTPS://ocs/ch2", "text/plain", good), 415, "Content-Type"},
      {headed("POST ftp://ocs/ch2", "application/xml", good), 404, "ftp:"},
      {headed("POST /ch2", "application/xml\r\nContent-Encoding: gzip", good), 415, "Content-Encoding"},
      {headed("GET /ch2", "application/xml", ""), 405, "POST", true},
      {Octets(post(good)).replace(post(good).find("Host"), 4, "Hose"), 400, "Host", true},
      {headed("POST /ch2", "text/plain", good), 415, "Content-Type"},
  };
  for (auto const& row : rows) {
    Client one(network, ocs.address());
    sends(one, row.octets + post(document("sip:nobody@ims.example")));
    ASSERT_FALSE(one.responses.empty()) << row.octets;
    EXPECT_EQ(one.responses[0].status, row.status) << row.octets;
    EXPECT_THAT(one.responses[0].body, HasSubstr(std::string(row.why)));
    EXPECT_TRUE(ch2::read_document(one.responses[0].body)) << one.responses[0].body;
    EXPECT_EQ(checked_by_xmllint(one.responses[0].body, "scenarios/ch2.xsd"), "");
    EXPECT_EQ(one.closed, row.closes);
    if (!row.closes) EXPECT_EQ(one.statuses(), (std::vector{row.status, 200U})) << "what was framed leaves the connection as it is";
  }
  EXPECT_TRUE(recorder.trace().events().empty()) << "none of it is a case's";
}

TEST_F(HttpEnablerTest, EndsAConnectionThatCannotBeReadAnyFurther) {
  std::string const head = "POST /ch2 HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\n";
  std::pair<std::string, unsigned> const rows[] = {
      {head + "Content-Length: 1073741824\r\n\r\n<", 413},
      {head + "X: " + std::string(9000, 'x'), 431},
      {head + "Content-Length: -1\r\n\r\n", 400},
      {"POST /ch2 HTTP/3.0\r\n\r\n", 505},
      {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 400},
      {head + "Transfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 501},
      {head + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\n<a/>", 501},
      {std::string("\x01\x00\x00\xf4\x80\x00\x01\x01", 8), 400},
  };
  for (auto const& [octets, status] : rows) {
    Client bad(network, ocs.address());
    sends(bad, octets);
    EXPECT_THAT(bad.statuses(), ElementsAre(status)) << octets;
    EXPECT_TRUE(bad.closed) << octets;
  }
}

/// Its response waits for one that a case withholds.
TEST_F(HttpEnablerTest, KeepsNothingOfWhatComesBehindTheLastRequestThatItReads) {
  Octets const huge = "POST /ch2 HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\nContent-Length: 1073741824\r\n\r\n";
  sends(client, post(document()) + huge);
  constexpr std::size_t many = 64, size = 1 << 20;
  for (std::size_t i = 0; i < many; ++i) sends(client, Octets(size, 'x'));
  EXPECT_TRUE(client.responses.empty());
  EXPECT_LT(ocs.unread(), size) << "octets of requests that nobody reads any more";
  alices.answers(reserve(), {});
  clock.run_for(1ms);
  EXPECT_THAT(client.statuses(), ElementsAre(200U, 413U));
  EXPECT_TRUE(client.closed);
}

TEST_F(HttpEnablerTest, ASlowClientIsGivenUpAndHoldsUpNobody) {
  sends(client, "POST /ch2 HTTP/1.1\r\n");
  Client other(network, ocs.address());
  sends(other, post(document("sip:nobody@ims.example")));
  EXPECT_THAT(other.statuses(), ElementsAre(200U));
  clock.run_for(HttpEnabler::patience + 1ms);
  EXPECT_THAT(client.statuses(), ElementsAre(408U));
  EXPECT_TRUE(client.closed);
  auto const refused = std::ranges::find_if(peers.trace().events(), [](auto const& e) { return e.note.contains("not complete"); });
  ASSERT_NE(refused, peers.trace().events().end());
  EXPECT_EQ(refused->octets, "POST /ch2 HTTP/1.1\r\n") << "what came";
  EXPECT_TRUE(refused->is_http);
}

TEST_F(HttpEnablerTest, KeepsWhatTheEndOfAConnectionHasCutOff) {
  sends(client, "POST /ch2 HTTP/1.1\r\n");
  client.stream->close();
  clock.run_for(1ms);
  auto const cut = std::ranges::find(peers.trace().events(), "POST /ch2 HTTP/1.1\r\n", &trace::Event::octets);
  EXPECT_TRUE(cut->is_http && cut->note.starts_with("the connection ended before the request was complete")) << cut->note;
}

TEST_F(HttpEnablerTest, AFewOctetsNowAndThenAreNoRequestEither) {
  for (int i = 0; i < 6; ++i) {
    client.stream->send("P");
    clock.run_for(2s);
  }
  EXPECT_TRUE(client.closed);
}

TEST_F(HttpEnablerTest, TellsAClientToGoOnThatWaitsForIt) {
  auto octets = post(document("sip:nobody@ims.example"));
  octets.insert(octets.find("\r\n") + 2, "Expect: 100-continue\r\n");
  auto const body = octets.find("\r\n\r\n") + 4;
  sends(client, octets.substr(0, body));
  clock.run_for(1s);
  EXPECT_THAT(client.statuses(), ElementsAre(100U));
  sends(client, octets.substr(body));
  EXPECT_THAT(client.statuses(), ElementsAre(100U, 200U));
}

TEST_F(HttpEnablerTest, TellsItOnceHoweverTheHeaderComes) {
  auto octets = post(document("sip:nobody@ims.example"));
  octets.insert(octets.find("\r\n") + 2, "Expect: 100-continue\r\n");
  auto const body = octets.find("\r\n\r\n") + 4;
  sends(client, octets.substr(0, 20));
  sends(client, octets.substr(20, body - 20));
  EXPECT_THAT(client.statuses(), ElementsAre(100U));
  sends(client, octets.substr(body, 10));
  sends(client, octets.substr(body + 10));
  EXPECT_THAT(client.statuses(), ElementsAre(100U, 200U));
  auto old = octets;
  old.replace(old.find("1.1"), 3, "1.0");
  Client one(network, ocs.address());
  sends(one, old.substr(0, body));
  EXPECT_TRUE(one.responses.empty()) << "HTTP/1.0 has no 100 (RFC 9110 10.1.1)";
}

/// A 100 before the response that is owed would be taken for that response's.
TEST_F(HttpEnablerTest, TellsItBehindTheResponsesBefore) {
  auto octets = post(document("sip:nobody@ims.example", 2));
  octets.insert(octets.find("\r\n") + 2, "Expect: 100-continue\r\n");
  auto const body = octets.find("\r\n\r\n") + 4;
  sends(client, post(document()) + octets.substr(0, body));
  EXPECT_TRUE(client.responses.empty());
  alices.answers(reserve(), {});
  clock.run_for(1ms);
  EXPECT_THAT(client.statuses(), ElementsAre(200U, 100U));
  sends(client, octets.substr(body));
  EXPECT_THAT(client.statuses(), ElementsAre(200U, 100U, 200U));
}

/// Who has the SUT for itself hears of its restart otherwise, and a client may close as often as it likes.
TEST_F(HttpEnablerTest, TheEndOfAConnectionThatOwesNothingConcernsNobody) {
  alices.owns_connection();
  sends(client, post(document()));
  alices.answers(reserve(), {});
  clock.run_for(1ms);
  client.stream->close();
  clock.run_for(1ms);
  EXPECT_EQ(std::ranges::count(recorder.trace().events(), trace::Kind::closed, &trace::Event::kind), 0);
}

/// One connection, whose answer is withheld; then another, at which the client shows that it may have more.
TEST_F(HttpEnablerTest, KnowsWhenItMayHaveKeptAClientFromAsking) {
  EXPECT_FALSE(ocs.may_have_held_up({}));
  sends(client, post(document()));
  auto const first = reserve();
  EXPECT_TRUE(ocs.may_have_held_up(clock.now())) << "it waits on as many connections as it has ever waited on";
  Client other(network, ocs.address());
  sends(other, post(document("sip:alice@ims.example", 2)));
  alices.answers(reserve(), {});
  clock.run_for(1ms);
  auto const later = clock.now();
  EXPECT_FALSE(ocs.may_have_held_up(later)) << "one of the two is free";
  EXPECT_TRUE(ocs.may_have_held_up(later - 5ms)) << "neither was then";
  alices.answers(first, {});
  clock.run_for(1ms);
  EXPECT_FALSE(ocs.may_have_held_up(later));
}

TEST_F(HttpEnablerTest, HoldsUpNoClientThatPipelines) {
  sends(client, post(document()) + post(document("sip:alice@ims.example", 2)));
  EXPECT_FALSE(ocs.may_have_held_up({}));
}

TEST_F(HttpEnablerTest, AnIdleConnectionMakesRoomForAnother) {
  std::vector<std::unique_ptr<Client>> all;
  for (std::size_t i = 0; i < HttpEnabler::connections_max; ++i) all.push_back(std::make_unique<Client>(network, ocs.address()));
  clock.run_for(1ms);
  EXPECT_TRUE(client.closed) << "it was idle for longest";
  sends(*all.back(), post(document("sip:nobody@ims.example")));
  EXPECT_THAT(all.back()->statuses(), ElementsAre(200U));
}

TEST_F(HttpEnablerTest, EndsAPipelineThatNobodyCouldAnswer) {
  std::string all = post(document());
  for (std::size_t i = 0; i <= HttpEnabler::owed_max; ++i) all += post(document("sip:nobody@ims.example", 2));
  sends(client, all);
  EXPECT_TRUE(client.closed);
}

/// RFC 9112 3.2.
TEST_F(HttpEnablerTest, AsksForNoHostInHttp10) {
  auto octets = post(document("sip:nobody@ims.example"));
  octets.erase(octets.find("Host"), octets.find("Content-Type") - octets.find("Host"));
  octets.replace(octets.find("1.1"), 3, "1.0");
  sends(client, octets);
  EXPECT_THAT(client.statuses(), ElementsAre(200U));
}

TEST_F(HttpEnablerTest, EndsWhereTheClientSaysSo) {
  auto octets = post(document("sip:nobody@ims.example"));
  octets.insert(octets.find("\r\n") + 2, "Connection: close\r\n");
  sends(client, octets + octets);  // what follows is not read (RFC 9112 9.6)
  EXPECT_THAT(client.statuses(), ElementsAre(200U));
  EXPECT_FALSE(client.responses[0].keeps_alive);
  EXPECT_TRUE(client.closed);
}

}  // namespace
}  // namespace tollgate
