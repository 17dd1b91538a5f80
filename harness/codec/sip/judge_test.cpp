#include "codec/sip/judge.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace tollgate::sip {

constexpr std::string_view good =
    "INVITE sip:alice@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/TCP im.example.com:5060;branch=z9hG4bK77\r\n"
    "Max-Forwards: 70\r\n"
    "From: <sip:im@example.com>;tag=a1\r\n"
    "To: <sip:alice@example.com>\r\n"
    "Call-ID: 7f3a@im.example.com\r\n"
    "CSeq: 1 INVITE\r\n"
    "Contact: <sip:im@im.example.com>\r\n"
    "Content-Type: application/sdp\r\n"
    "Content-Length: 43\r\n"
    "\r\n"
    "v=0\r\n"
    "o=- 1 1 IN IP4 192.0.2.1\r\n"
    "s=-\r\n"
    "t=0 0\r\n";

constexpr std::string_view ok =
    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK7\r\nFrom: sip:a@b;tag=1\r\nTo: sip:c@d;tag=2\r\nCall-ID: x\r\n"
    "CSeq: 1 REGISTER\r\nContact: <sip:a@b>;expires=60\r\nl: 0\r\n\r\n";

static std::string with(std::string_view from, std::string_view to, std::string_view whole = good) {
  std::string text(whole);
  return text.replace(text.find(from), from.size(), to);
}

TEST(SipJudge, FindsNothingInGoodOnes) {
  for (auto const octets : {good, ok})
    for (auto const framing : {Framing::datagram, Framing::stream}) {
      auto const judgement = judge(octets, framing);
      EXPECT_EQ(judgement.outcome, Outcome::accept);
      EXPECT_EQ(judgement.answer, std::nullopt);
      for (auto const& one : judgement.diagnostics) ADD_FAILURE() << one.offset << " " << one.rule << ": " << one.detail;
    }
}

namespace {
struct Broken {
  std::string_view from, to;
  std::string_view rule, clause;
  Outcome outcome;
  std::uint32_t answer;  ///< 0 for none
};
}  // namespace

TEST(SipJudge, NamesTheOneDefect) {
  using enum Outcome;
  constexpr Broken all[] = {
      {"INVITE sip", "INVITE\tsip", "Method", "RFC 3261 7.1", reject, 400},
      {" SIP/2.0\r\nVia", " sip/2.0\r\nVia", "SIP-Version", "RFC 3261 7.1", accept, 0},
      {" SIP/2.0\r\nVia", " SIP/3.0\r\nVia", "SIP-Version", "RFC 3261 7.1", reject, 505},
      {" SIP/2.0\r\nVia", " SIP2\r\nVia", "SIP-Version", "RFC 3261 7.1", reject, 400},
      {"sip:alice@example.com SIP", "sip:al%4ice@example.com SIP", "escaped", "RFC 3261 19.1.1", reject, 400},
      {"sip:alice@example.com SIP", "tel:12 SIP", "context", "RFC 3966 5.1.5", reject, 400},
      {"sip:alice@example.com SIP", "http://a SIP", "Request-URI", "RFC 3261 8.2.2.1", reject, 416},
      {"Max-Forwards: 70\r\n", "", "Max-Forwards", "RFC 3261 8.1.1.6", accept, 0},
      {"Max-Forwards: 70", "Max-Forwards: -1", "Max-Forwards", "RFC 3261 20.22", reject, 400},
      {"Max-Forwards: 70", "Max-Forwards: 0", "Max-Forwards", "RFC 3261 16.3", either, 483},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nX Y: 1\r\n", "header-name", "RFC 3261 7.3.1", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\n", "CRLF", "RFC 3261 7", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nnot a field\r\n", "HCOLON", "RFC 3261 7.3.1", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nX-Y: \x01\r\n", "TEXT-UTF8char", "RFC 3261 25.1", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nRequire: x-y\r\n", "Require", "RFC 3261 8.2.2.3", reject, 420},
      {"To: <", "To: \"a\x01\" <", "qdtext", "RFC 3261 25.1", reject, 400},
      {"To: <", "To: \"a\xc3\" <", "qdtext", "RFC 3261 25.1", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nServer: a (\x1b)\r\n", "ctext", "RFC 3261 25.1", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nSubject: a\x80\r\n", "TEXT-UTF8char", "RFC 3261 25.1", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nAllow: INVITE,\r\n", "token", "RFC 3261 25.1", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nRecord-Route: sip:a\r\n", "name-addr", "RFC 3261 20.30", reject, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nP-Asserted-Identity: <sip:a@x>, <sip:b@x>\r\n", "P-Asserted-Identity", "RFC 3325 9.1",
       either, 400},
      {"Max-Forwards: 70\r\n", "Max-Forwards: 70\r\nAccept-Contact: *;mobility=\"=()\"\r\n", "feature-param", "RFC 3840 9", either, 400},
      {";tag=a1", "", "tag-param", "RFC 3261 8.1.1.3", either, 400},
      {"To: <sip:alice@example.com>\r\n", "", "To", "RFC 3261 8.1.1.2", reject, 400},
      {"z9hG4bK77", "z9hG4bK", "via-branch", "RFC 3261 8.1.1.7", either, 400},
      {"z9hG4bK77", "77", "via-branch", "RFC 3261 8.1.1.7", accept, 0},
      {"CSeq: 1 INVITE", "CSeq: 1 invite", "CSeq", "RFC 3261 8.1.1.5", reject, 400},
      {"CSeq: 1 INVITE", "CSeq: 2147483648 INVITE", "CSeq", "RFC 3261 8.1.1.5", reject, 400},
      {"CSeq: 1", "CSeq: 1 INVITE\r\nCSeq: 1", "CSeq", "RFC 3261 7.3.1", reject, 400},
      {"Contact: <sip:im@im.example.com>\r\n", "", "Contact", "RFC 3261 8.1.1.8", either, 400},
      {"Contact: <sip:im@im.example.com>", "Contact: *", "Contact", "RFC 3261 10.2.2", reject, 400},
      {"application/sdp", "text/plain", "Content-Type", "RFC 3261 8.2.3", reject, 415},
      {"Content-Type: application/sdp\r\n", "", "Content-Type", "RFC 3261 20.15", either, 400},
      {"Content-Type: application/sdp\r\n", "Content-Type: application/sdp\r\nAccept: text/plain\r\n", "Accept", "RFC 3261 21.4.7", reject,
       406},
      {"Content-Length: 43", "Content-Length: 44", "Content-Length", "RFC 3261 18.3", reject, 400},
      {"t=0 0\r\n", "t=0 0\r\nx", "message-body", "RFC 3261 18.3", accept, 0},
      {"Content-Length: 43", "Content-Length: 43x", "Content-Length", "RFC 3261 20.14", reject, 400},
      {"Content-Length: 43\r\n", "", "Content-Length", "RFC 3261 20.14", accept, 0},
      {"INVITE", "\r\nINVITE", "start-line", "RFC 3261 7.5", accept, 0},
  };
  for (auto const& broken : all) {
    auto const judgement = judge(with(broken.from, broken.to), Framing::datagram);
    ASSERT_EQ(judgement.diagnostics.size(), 1U) << broken.to;
    auto const& one = judgement.diagnostics.front();
    EXPECT_EQ(one.rule, broken.rule) << broken.to << ": " << one.detail;
    EXPECT_EQ(one.clause, broken.clause) << broken.to << ": " << one.detail;
    EXPECT_EQ(judgement.outcome, broken.outcome) << broken.to;
    EXPECT_EQ(judgement.answer.value_or(0), broken.answer) << broken.to;
  }
}

TEST(SipJudge, AnswersNeitherResponsesNorAcks) {
  auto const response = judge(with("To: sip:c@d;tag=2\r\n", "", ok), Framing::datagram);
  EXPECT_EQ(response.outcome, Outcome::reject);
  EXPECT_EQ(response.answer, std::nullopt);
  auto const ack = judge(with("CSeq: 1 INVITE", "CSeq: x ACK", with("INVITE", "ACK")), Framing::datagram);
  EXPECT_EQ(ack.outcome, Outcome::reject);
  EXPECT_EQ(ack.answer, std::nullopt);
}

TEST(SipJudge, KnowsWhatAMethodNeeds) {
  auto const of = [](std::string_view method) {
    auto text = with("INVITE", method, with("CSeq: 1 INVITE", "CSeq: 1 " + std::string(method)));
    auto const judgement = judge(text, Framing::datagram);
    return judgement.diagnostics.empty() ? std::string_view() : judgement.diagnostics.front().rule;
  };
  EXPECT_EQ(of("SUBSCRIBE"), "Event");
  EXPECT_EQ(of("PRACK"), "RAck");
  EXPECT_EQ(of("REFER"), "Refer-To");
  EXPECT_EQ(of("MESSAGE"), "Contact") << "which it has not";
  EXPECT_EQ(of("REGISTER"), "Request-URI") << "it has a user";
}

TEST(SipJudge, TheFirstReasonOfAUasGivesTheAnswer) {
  auto const text = with("Max-Forwards: 70", "Max-Forwards: 0\r\nRequire: x-y", with("sip:alice@example.com SIP", "http://a SIP"));
  EXPECT_EQ(judge(text, Framing::datagram).answer, 416U);
  EXPECT_EQ(judge(with("CSeq: 1", "CSeq: x", text), Framing::datagram).answer, 400U);
}

TEST(SipJudge, OffsetsAreThoseOfTheOctets) {
  auto const text = with("Content-Length: 43", "Content-Length: 43x");
  auto const judgement = judge(text, Framing::datagram);
  ASSERT_EQ(judgement.diagnostics.size(), 1U);
  EXPECT_EQ(judgement.diagnostics.front().offset, text.find("43x") + 2);
  EXPECT_EQ(judgement.diagnostics.front().size, 1U);
}

/// Each change keeps the length of the body.
TEST(SipJudge, JudgesTheSessionDescription) {
  using enum Outcome;
  constexpr Broken all[] = {
      {"v=0", "v=1", "proto-version", "RFC 8866 5.1", reject, 400},
      {"IN IP4", "IN I:4", "addrtype", "RFC 8866 5.2", reject, 400},
      {"IN IP4", "IN IPX", "addrtype", "RFC 8866 8.2.7", accept, 0},
      {"t=0 0", "t=0 x", "stop-time", "RFC 8866 5.9", reject, 400},
      {"192.0.2.1\r\ns=-", "192.0.2.10\r\ns=", "session-name-field", "RFC 8866 5.3", accept, 0},
  };
  for (auto const& broken : all) {
    auto const octets = with(broken.from, broken.to);
    auto const judgement = judge(octets, Framing::stream);
    ASSERT_EQ(judgement.diagnostics.size(), 1U) << broken.to;
    auto const& one = judgement.diagnostics.front();
    EXPECT_EQ(one.rule, broken.rule) << broken.to << ": " << one.detail;
    EXPECT_EQ(one.clause, broken.clause) << broken.to << ": " << one.detail;
    EXPECT_GE(one.offset, octets.find(broken.to)) << broken.to;
    EXPECT_LE(one.offset + one.size, octets.find(broken.to) + broken.to.size()) << broken.to;
    EXPECT_EQ(judgement.outcome, broken.outcome) << broken.to;
    EXPECT_EQ(judgement.answer.value_or(0), broken.answer) << broken.to;
  }
}

TEST(SipJudge, ADescriptionThatNeedNotBeReadMayBeBad) {
  auto const bad = with("t=0 0", "t=0 x");
  auto const outcome = [](std::string const& octets) { return judge(octets, Framing::datagram).outcome; };
  auto const plus = [&](std::string const& field) { return with("Max-Forwards", field + "\r\nMax-Forwards", bad); };
  EXPECT_EQ(outcome(plus("Content-Disposition: session;handling=optional")), Outcome::either);
  EXPECT_EQ(outcome(plus("Content-Disposition: session;handling=required")), Outcome::reject);
  EXPECT_EQ(outcome(plus("Content-Encoding: gzip")), Outcome::accept) << "its octets are no SDP";
  EXPECT_EQ(outcome(plus("Content-Encoding: identity")), Outcome::reject);
  EXPECT_EQ(outcome(with("application/sdp", "multipart/mixed;boundary=x", bad)), Outcome::accept) << "no part of it is SDP";
  auto const length_of_none = judge(with("43", "0", bad), Framing::datagram);
  EXPECT_EQ(length_of_none.outcome, Outcome::accept) << "the description lies behind the body";
}

TEST(SipJudge, ADescriptionInAPartIsJudgedToo) {
  auto const of_parts = [](std::string const& type, std::string const& encoding, std::string_view from, std::string_view to) {
    auto const whole = with(from, to, with("application/sdp", type));
    auto const end = whole.find("\r\n\r\n") + 4;
    auto const body = "--x\r\nContent-Type: application/sdp\r\n" + encoding + "\r\n" + whole.substr(end) + "\r\n--x--\r\n";
    auto head = whole.substr(0, end);
    return head.replace(head.find("43"), 2, std::to_string(body.size())) + body;
  };
  auto const judged = [&](auto const&... of) { return judge(of_parts(of...), Framing::datagram); };
  EXPECT_TRUE(judged("multipart/mixed;boundary=x", "", "v=0", "v=0").diagnostics.empty());
  auto const bad = judged("multipart/mixed;boundary=\"x\"", "", "v=0", "v=9");
  ASSERT_EQ(bad.diagnostics.size(), 1U);
  EXPECT_EQ(bad.diagnostics.front().rule, "proto-version");
  EXPECT_EQ(bad.outcome, Outcome::reject);
  EXPECT_TRUE(judged("multipart/mixed;boundary=x", "Content-Transfer-Encoding: base64\r\n", "v=0", "v=9").diagnostics.empty());
  EXPECT_EQ(judged("multipart/mixed", "", "v=0", "v=0").diagnostics.at(0).rule, "boundary");
}

TEST(SipJudge, ADescriptionInAResponseIsJudgedAndNotAnswered) {
  auto const response = with("l: 0\r\n\r\n", "c: application/sdp\r\nl: 5\r\n\r\nv=0\r\n", ok);
  auto const judgement = judge(response, Framing::stream);
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.answer, std::nullopt);
}

/// An offer that can be read and not used (RFC 3261 21.4.26); what cannot be read comes first.
TEST(SipJudge, AnOfferThatCannotBeUsedIsNotAcceptableHere) {
  auto const offer = [](std::string_view media) {
    return with("Content-Length: 43\r\n", "", std::string(good) + "c=IN IP4 192.0.2.1\r\n" + std::string(media));
  };
  auto const order = with("t=0 0\r\nc=IN IP4 192.0.2.1\r\n", "c=IN IP4 192.0.2.1\r\nt=0 0\r\n", offer("m=message 7654 TCP/MSRP *\r\n"));
  EXPECT_EQ(judge(order, Framing::datagram).outcome, Outcome::reject);
  EXPECT_EQ(judge(order, Framing::datagram).answer, 488U) << "no a=path";
  EXPECT_EQ(judge(with("t=0 0", "t=0 x", order), Framing::datagram).answer, 400U);
}

TEST(SipJudge, TakesAnyCut) {
  for (std::size_t n = 0; n < good.size(); ++n) EXPECT_EQ(judge(good.substr(0, n), Framing::datagram).outcome, Outcome::reject) << n;
}

/// A deviation that binds the sender and that every receiver bears.
static void expect_deviation(std::string const& octets, std::string_view rule, std::string_view clause) {
  auto const judgement = judge(octets, Framing::datagram);
  EXPECT_EQ(judgement.outcome, Outcome::accept) << octets;
  auto const is_it = [&](Diagnostic const& one) { return one.rule == rule && one.clause == clause && one.strength == Strength::must; };
  EXPECT_EQ(std::ranges::count_if(judgement.diagnostics, is_it), 1) << rule << " in " << octets;
}

TEST(SipJudge, SaysWhatAMethodOrAStatusAsksForOrForbids) {
  auto const request = [](std::string const& method, std::string const& more) {
    return with("CSeq: 1 INVITE", "CSeq: 1 " + method + more, with("INVITE sip", method + " sip"));
  };
  auto const response = [](std::string const& status, std::string const& method, std::string const& more = "") {
    return with("CSeq: 1 REGISTER\r\nContact: <sip:a@b>;expires=60", "CSeq: 1 " + method + more, with("200 OK", status, ok));
  };
  expect_deviation(with("Contact: <sip:im@im.example.com>", "Contact: <sip:im@im.example.com>, <sip:b@x>"), "Contact", "RFC 3261 8.1.1.8");
  expect_deviation(with("Contact: <sip:im@im.example.com>", "Contact: <tel:+1>"), "Contact", "RFC 3261 8.1.1.8");
  expect_deviation(with("INVITE sip:", "INVITE sips:"), "Contact", "RFC 3261 8.1.1.8");
  expect_deviation(with("INVITE sip:", "INVITE SIPS:"), "Contact", "RFC 3261 8.1.1.8");
  expect_deviation(with("Contact: <sip:im@im.example.com>\r\n", "", request("SUBSCRIBE", "\r\nEvent: presence")), "Contact",
                   "RFC 6665 4.1.2.1");
  expect_deviation(request("MESSAGE", ""), "Contact", "RFC 3428 4");
  expect_deviation(request("CANCEL", "\r\nRequire: 100rel"), "Require", "RFC 3261 9.1");
  expect_deviation(response("401 Unauthorized", "REGISTER"), "WWW-Authenticate", "RFC 3261 22.2");
  expect_deviation(response("405 Method Not Allowed", "INFO"), "Allow", "RFC 3261 8.2.1");
  expect_deviation(response("420 Bad Extension", "REGISTER"), "Unsupported", "RFC 3261 8.2.2.3");
  expect_deviation(response("423 Interval Too Brief", "REGISTER"), "Min-Expires", "RFC 3261 10.3 (7)");
  expect_deviation(response("200 OK", "INVITE"), "Contact", "RFC 3261 12.1.1");
  expect_deviation(response("183 Session Progress", "INVITE", "\r\nRequire: 100rel"), "RSeq", "RFC 3262 3");
  expect_deviation(response("183 Session Progress", "BYE"), "Status-Code", "RFC 4320 4.1");
  expect_deviation(response("408 Request Timeout", "MESSAGE"), "Status-Code", "RFC 4320 4.2");
  expect_deviation(response("200 OK", "SUBSCRIBE"), "Expires", "RFC 6665 3.1.1");
  expect_deviation(response("202 Accepted", "SUBSCRIBE"), "Expires", "RFC 6665 3.1.1");
  expect_deviation(response("489 Bad Event", "SUBSCRIBE"), "Allow-Events", "RFC 6665 8.2");
  expect_deviation(response("422 Session Interval Too Small", "INVITE"), "Min-SE", "RFC 4028 6");
  expect_deviation(response("200 \"OK\"", "REGISTER"), "Reason-Phrase", "RFC 3261 25.1");
  auto const challenge = [&](std::string const& more) {
    return response("401 Unauthorized", "REGISTER", "\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\"1\", " + more);
  };
  expect_deviation(challenge("qop=auth"), "qop", "RFC 7616 3.3");
  expect_deviation(challenge("stale=maybe"), "stale", "RFC 7616 3.3");
  expect_deviation(challenge("charset=latin1"), "charset", "RFC 7616 3.3");
  for (auto const& good_one :
       {challenge("qop=\"auth\", stale=TRUE, charset=utf-8"), response("100 Trying", "BYE"), response("408 Request Timeout", "INVITE"),
        response("180 Ringing", "INVITE"), response("200 OK", "SUBSCRIBE", "\r\nExpires: 60"),
        with("Max-Forwards", "Require: uui\r\nX-Bare: a\x80\r\nMax-Forwards"), challenge("opaque=\"1, stale=maybe, qop=auth\""),
        response("200 OK", "REGISTER"), response("183 Session Progress", "INVITE", "\r\nRequire: x100rel"), request("OPTIONS", "")})
    EXPECT_TRUE(judge(good_one, Framing::datagram).diagnostics.empty()) << good_one;
}

}  // namespace tollgate::sip
