#include "codec/sip/descriptions.hpp"

#include <gtest/gtest.h>

#include "codec/sip/judge.hpp"

namespace tollgate::sip {
namespace {

std::string const offer =
    "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=message 2855 TCP/MSRP *\r\n"
    "a=accept-types:text/plain\r\na=path:msrp://192.0.2.1:2855/s;tcp\r\na=setup:actpass\r\na=sendonly\r\n";
std::string const answer =
    "v=0\r\no=- 7 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=message 9 TCP/MSRP *\r\n"
    "a=accept-types:text/plain\r\na=path:msrp://192.0.2.9:9/t;tcp\r\na=setup:active\r\na=recvonly\r\n";

std::string with(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

/// A message of the dialog that the one with the tag "im" has with "a".
std::string message(std::string const& start, std::string const& cseq, std::string const& body, bool by_im = true) {
  return start + "\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK" + cseq.substr(0, 1) +
         "\r\nMax-Forwards: 70\r\nFrom: <sip:" + (by_im ? "im@h>;tag=im" : "a@h>;tag=a") +
         "\r\nTo: <sip:" + (by_im ? "a@h>;tag=a" : "im@h>;tag=im") + "\r\nCall-ID: c\r\nCSeq: " + cseq +
         "\r\nContact: <sip:im@h>\r\nContent-Type: application/sdp\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
std::string an_invite(std::string const& body, std::string const& number = "1") {
  return message("INVITE sip:a@h SIP/2.0", number + " INVITE", body);
}
std::string ok(std::string const& body, std::string const& number = "1") {
  return message("SIP/2.0 200 OK", number + " INVITE", body);
}

std::string_view rule_of(Judgement const& judgement) {
  return judgement.diagnostics.empty() ? std::string_view() : judgement.diagnostics.front().rule;
}

TEST(SipDescriptions, GoodOnesOweNothing) {
  Descriptions descriptions;
  auto const held = with(with(offer, "o=- 1 2", "o=- 1 3"), "sendonly", "inactive");
  auto const held_answer = with(with(answer, "o=- 7 1", "o=- 7 2"), "recvonly", "inactive");
  for (auto const& one : {an_invite(offer), ok(answer), ok(answer), an_invite(held, "2"), ok(held_answer, "2")}) {
    EXPECT_EQ(judge(one, Framing::stream).diagnostics.size(), 0U);
    EXPECT_EQ(rule_of(descriptions.judge(one)), "");
  }
}

TEST(SipDescriptions, AnAnswerFitsTheOfferThatItAnswers) {
  Descriptions descriptions;
  EXPECT_EQ(rule_of(descriptions.judge(an_invite(offer))), "");
  auto const wrong = ok(with(answer, "recvonly", "sendonly"));
  auto const judgement = descriptions.judge(wrong);
  EXPECT_EQ(rule_of(judgement), "direction");
  EXPECT_EQ(wrong.substr(judgement.diagnostics.at(0).offset, 8), "sendonly");
  EXPECT_EQ(judgement.answer, std::nullopt) << "nobody answers a response";
  EXPECT_EQ(rule_of(Descriptions().judge(wrong)), "") << "its offer was not shown";
}

TEST(SipDescriptions, TheAnswerToALateOfferIsInTheAck) {
  Descriptions descriptions;
  EXPECT_EQ(rule_of(descriptions.judge(an_invite(""))), "");
  EXPECT_EQ(rule_of(descriptions.judge(ok(offer))), "");
  auto const ack = message("ACK sip:a@h SIP/2.0", "1 ACK", with(answer, "setup:active", "setup:actpass"));
  EXPECT_EQ(rule_of(descriptions.judge(ack)), "setup");
}

TEST(SipDescriptions, AnOfferIsActiveOrActpass) {
  auto const judgement = Descriptions().judge(an_invite(with(offer, "actpass", "passive")));
  EXPECT_EQ(rule_of(judgement), "setup");
  EXPECT_EQ(judgement.diagnostics.at(0).strength, Strength::must);
  auto const silent = Descriptions().judge(an_invite(with(offer, "a=setup:actpass\r\n", "")));
  EXPECT_EQ(rule_of(silent), "setup");
  EXPECT_EQ(silent.diagnostics.at(0).strength, Strength::should) << "who knows RFC 4975 alone has no such attribute";
}

TEST(SipDescriptions, ALaterOneCountsItsVersion) {
  Descriptions descriptions;
  EXPECT_EQ(rule_of(descriptions.judge(an_invite(offer))), "");
  EXPECT_EQ(rule_of(descriptions.judge(ok(answer))), "");
  auto const judgement = descriptions.judge(an_invite(with(offer, "sendonly", "inactive"), "2"));
  EXPECT_EQ(rule_of(judgement), "sess-version");
  EXPECT_EQ(judgement.answer, 488U);
  auto const other_side = message("INVITE sip:im@h SIP/2.0", "1 INVITE", with(answer, "o=- 7 1", "o=- 7 5"), false);
  EXPECT_EQ(rule_of(descriptions.judge(other_side)), "sess-version") << "each side by itself";
}

TEST(SipDescriptions, ARefusedOfferIsForgotten) {
  Descriptions descriptions;
  EXPECT_EQ(rule_of(descriptions.judge(an_invite(offer))), "");
  EXPECT_EQ(rule_of(descriptions.judge(message("SIP/2.0 488 No", "1 INVITE", ""))), "");
  EXPECT_EQ(rule_of(descriptions.judge(an_invite(with(offer, "o=- 1 2", "o=- 9 9"), "2"))), "");
}

TEST(SipDescriptions, WhatCannotBeReadIsPassedOver) {
  Descriptions descriptions;
  EXPECT_EQ(rule_of(descriptions.judge("no message")), "");
  EXPECT_EQ(rule_of(descriptions.judge(with(an_invite("v=1\r\n"), "application/sdp", "text/plain"))), "");
  EXPECT_EQ(rule_of(descriptions.judge(ok(answer))), "") << "there was no offer";
}

}  // namespace
}  // namespace tollgate::sip
