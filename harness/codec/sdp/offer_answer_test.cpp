#include "codec/sdp/offer_answer.hpp"

#include <gtest/gtest.h>
#include <string>

namespace tollgate::sdp {

constexpr std::string_view offer =
    "v=0\r\no=- 1 2 IN IP4 im.example.com\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
    "m=message 2855 TCP/MSRP *\r\na=accept-types:text/plain\r\na=path:msrp://192.0.2.1:2855/s;tcp\r\n"
    "a=setup:actpass\r\na=sendonly\r\n"
    "m=audio 0 RTP/AVP 0\r\n";
constexpr std::string_view answer =
    "v=0\r\no=- 7 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
    "m=message 9 TCP/MSRP *\r\na=accept-types:text/plain\r\na=path:msrp://192.0.2.9:9/t;tcp\r\n"
    "a=setup:active\r\na=recvonly\r\n"
    "m=audio 0 RTP/AVP 0\r\n";

static std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string edited(text);
  return edited.replace(edited.find(from), from.size(), to);
}

TEST(SdpOffer, SaysWhoConnects) {
  EXPECT_TRUE(judge_offer(offer).diagnostics.empty());
  EXPECT_TRUE(judge_offer(with(offer, "actpass", "active")).diagnostics.empty());
  for (auto const* const wrong : {"a=setup:passive\r\n", "a=setup:holdconn\r\n", ""}) {
    auto const judgement = judge_offer(with(offer, "a=setup:actpass\r\n", wrong));
    ASSERT_EQ(judgement.diagnostics.size(), 1U) << wrong;
    EXPECT_EQ(judgement.diagnostics.front().rule, "setup") << wrong;
    EXPECT_EQ(judgement.outcome, Outcome::accept) << "read all the same";
  }
}

TEST(SdpAnswer, ThatFitsHasNothingAgainstIt) {
  EXPECT_TRUE(judge_answer(offer, answer).diagnostics.empty());
  EXPECT_EQ(judge_answer(offer, answer).outcome, Outcome::accept);
  auto const refused = with(answer, "message 9", "message 0");
  EXPECT_TRUE(judge_answer(offer, with(refused, "recvonly", "sendonly")).diagnostics.empty()) << "port 0 refuses";
}

namespace {
struct Broken {
  std::string_view from, to;
  std::string_view at;
  std::string_view rule, clause;
  Outcome outcome = Outcome::reject;
};
}  // namespace

TEST(SdpAnswer, NamesWhatDoesNotFit) {
  constexpr Broken all[] = {
      {"t=0 0", "t=0 1", "0 1", "time-field", "RFC 3264 6"},
      {"m=audio 0 RTP/AVP 0\r\n", "", "", "media-description", "RFC 3264 6"},
      {"m=message 9", "m=audio 9", "audio 9", "media", "RFC 3264 6.1"},
      {"m=audio 0", "m=audio 4000", "audio 4000", "port", "RFC 3264 8.2"},
      {"a=recvonly", "a=sendonly", "sendonly", "direction", "RFC 3264 6.1"},
      {"a=recvonly\r\n", "", "message 9", "direction", "RFC 3264 6.1"},
      {"a=setup:active", "a=setup:actpass", "actpass", "setup", "RFC 4145 4.1"},
      {"a=setup:active\r\n", "", "message 9", "setup", "RFC 6135 4.2.1", Outcome::accept},
      {"a=setup:active", "a=setup:holdconn", "message 9", "setup", "RFC 6135 4.2.1", Outcome::accept},
      {"v=0", "x=0", "x=0", "type", "RFC 8866 5"},
  };
  for (auto const& broken : all) {
    auto const text = with(answer, broken.from, broken.to);
    auto const judgement = judge_answer(offer, text);
    ASSERT_EQ(judgement.diagnostics.size(), 1U) << broken.to;
    auto const& one = judgement.diagnostics.front();
    EXPECT_EQ(one.rule, broken.rule) << broken.to;
    EXPECT_EQ(one.clause, broken.clause) << broken.to;
    EXPECT_TRUE(text.substr(one.offset).starts_with(broken.at)) << broken.to << " at " << one.offset;
    EXPECT_EQ(judgement.outcome, broken.outcome) << broken.to;
  }
}

TEST(SdpAnswer, AsksNothingBesideAnOfferThatCannotBeRead) {
  EXPECT_TRUE(judge_answer("no description", answer).diagnostics.empty());
}

TEST(SdpAnswer, MirrorsDirectionAndSetup) {
  using enum Direction;
  for (auto const answered : {sendrecv, sendonly, recvonly, inactive}) {
    EXPECT_TRUE(may_answer(sendrecv, answered));
    EXPECT_EQ(may_answer(sendonly, answered), answered == recvonly || answered == inactive);
    EXPECT_EQ(may_answer(recvonly, answered), answered == sendonly || answered == inactive);
    EXPECT_EQ(may_answer(inactive, answered), answered == inactive);
  }
  EXPECT_TRUE(may_answer(std::nullopt, Setup::passive));
  EXPECT_FALSE(may_answer(std::nullopt, Setup::active));
  EXPECT_TRUE(may_answer(Setup::passive, Setup::active));
  EXPECT_TRUE(may_answer(Setup::actpass, Setup::passive));
  EXPECT_FALSE(may_answer(Setup::actpass, Setup::actpass));
  EXPECT_TRUE(may_answer(Setup::holdconn, Setup::holdconn));
  EXPECT_FALSE(may_answer(Setup::holdconn, Setup::active));
}

TEST(SdpNext, KeepsItsOriginAndCountsItsVersion) {
  auto const held = with(with(offer, "o=- 1 2", "o=- 1 3"), "sendonly", "inactive");
  EXPECT_TRUE(judge_next(offer, offer).diagnostics.empty());
  EXPECT_TRUE(judge_next(offer, held).diagnostics.empty());
  auto const rule_of = [](std::string const& next) {
    auto const judgement = judge_next(offer, next);
    return judgement.diagnostics.empty() ? "" : judgement.diagnostics.front().rule;
  };
  EXPECT_EQ(rule_of(with(offer, "sendonly", "inactive")), "sess-version");
  EXPECT_EQ(rule_of(with(offer, "o=- 1 2", "o=- 1 4")), "sess-version");
  EXPECT_EQ(rule_of(with(offer, "o=- 1 2", "o=- 5 3")), "origin-field");
  EXPECT_EQ(rule_of(with(held, "m=audio 0 RTP/AVP 0\r\n", "")), "media-description");
}

}  // namespace tollgate::sdp
