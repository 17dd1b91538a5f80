#include "codec/sip/message.hpp"

#include <gtest/gtest.h>

#include "codec/sip/samples_test.hpp"

namespace tollgate::sip {

TEST(SipMessage, ReadsARequest) {
  auto const message = Message::parse(invite);
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_TRUE(message->is_request());
  EXPECT_EQ(message->method(), "INVITE");
  EXPECT_EQ(message->request_uri(), "sip:alice@example.com");
  EXPECT_EQ(message->status(), 0);
  EXPECT_EQ(message->fields().size(), 7U);
  EXPECT_EQ(message->value(Name::call_id), "7f3a@im.example.com");
  EXPECT_EQ(message->value(Name::contact), std::nullopt);
  EXPECT_EQ(message->body(), "hello");
}

TEST(SipMessage, ReadsAResponse) {
  auto const message = Message::parse("sip/2.0 486 Busy  Here\r\n\r\n");
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_FALSE(message->is_request());
  EXPECT_EQ(message->status(), 486);
  EXPECT_EQ(message->reason(), "Busy  Here");
  EXPECT_EQ(message->method(), "");
}

TEST(SipMessage, ReadsOddFields) {
  auto const message = Message::parse(odd);
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_EQ(message->value(Name::via), "SIP / 2.0 / UDP\r\n\t host ;branch=z9hG4bKa");
  EXPECT_EQ(message->value(Name::to), "sip:bob@example.com");
  EXPECT_EQ(message->value(Name::from), "sip:al@example.com;tag=x");
  EXPECT_EQ(message->value(Name::content_length), "3");
  EXPECT_EQ(message->value(Name::unknown, 1), "");
  EXPECT_EQ(message->value(Name::unknown, 2), "kept");
  EXPECT_EQ(message->value(Name::unknown, 3), std::nullopt);
  EXPECT_EQ(message->fields()[1].spelling, "TO");
  EXPECT_EQ(message->fields()[5].spelling, "not a token");
  EXPECT_EQ(message->body(), "a\r\nb");
}

TEST(SipMessage, WritesBackEveryOctet) {
  constexpr std::string_view all[] = {
      invite,
      odd,
      "SIP/2.0 200 \r\n\r\n",
      "sip/2.0 200 OK\n\n",
      "\n\rX a SIP/2.0\r\n\r\n\r\n\r\n",
      "X a sip/2.0\r\n: no name\r\n\r\n",
      "X a SIP/2.0\r\n leading: space\r\n\r\n",
      "X a SIP/2.0\r\nA: b\rc\r\n\r\n",
      {"X a SIP/2.0\r\nA: \0\r\n\r\n\0", 22},
      "X a SIP/2.0\r\nContent-Length: 1\r\n\r\nsurplus",
      "X a SIP/2.0\r\nContent-Length: 99\r\n\r\nless",
      "X a SIP/2.0\r\nl: 1\r\nl: 2\r\nl: x\r\n\r\n",
  };
  for (auto const octets : all) {
    auto const message = Message::parse(octets);
    ASSERT_TRUE(message) << printable(octets) << describe(message.error());
    EXPECT_EQ(message->write(), octets);
  }
}

TEST(SipMessage, KeepsWhatContentLengthDoesNotCover) {
  auto const message = Message::parse("X a SIP/2.0\r\nContent-Length: 1\r\n\r\nsurplus");
  ASSERT_TRUE(message) << describe(message.error());
  EXPECT_EQ(message->body(), "surplus");
}

namespace {
struct Refused {
  std::string_view octets;
  What what;
  std::size_t offset;
  std::string_view rule;
};
}  // namespace

TEST(SipMessage, RefusesWhatIsNoMessage) {
  constexpr Refused all[] = {
      {"", What::need_more, 0, "start-line"},
      {"\r\n\r\n", What::need_more, 4, "start-line"},
      {"INVITE sip:a SIP/2.0", What::need_more, 20, "start-line"},
      {"INVITE sip:a SIP/2.0\r\n", What::need_more, 22, "generic-message"},
      {"INVITE sip:a SIP/2.0\r\nA: b\r\n", What::need_more, 28, "generic-message"},
      {"\r\n INVITE sip:a SIP/2.0\r\n\r\n", What::invalid, 2, "Method"},
      {"INVITE\r\n\r\n", What::invalid, 6, "Method"},
      {"INVITE sip:a\r\n\r\n", What::invalid, 12, "Request-Line"},
      {"INVITE  SIP/2.0\r\n\r\n", What::invalid, 7, "Request-Line"},
      {"INVITE sip:a  SIP/2.0\r\n\r\n", What::invalid, 13, "Request-Line"},
      {"INVITE \r\n\r\n", What::invalid, 7, "Request-URI"},
      {"INVITE sip:a\t SIP/2.0\r\n\r\n", What::invalid, 13, "Request-Line"},
      {"INVITE sip:a b SIP/2.0\r\n\r\n", What::invalid, 12, "Request-URI"},
      {"INVITE sip:a SIP/2.0 \r\n\r\n", What::invalid, 20, "Request-Line"},
      {"INVITE sip:a SIP/7.0\r\n\r\n", What::invalid, 13, "SIP-Version"},
      {"SIP/2.0\r\n\r\n", What::invalid, 7, "Status-Line"},
      {"SIP/2.0  200 OK\r\n\r\n", What::invalid, 8, "Status-Code"},
      {"SIP/2.0 20\r\n\r\n", What::invalid, 8, "Status-Code"},
      {"SIP/2.0 099 Low\r\n\r\n", What::invalid, 8, "Status-Code"},
      {"SIP/2.0 700 High\r\n\r\n", What::invalid, 8, "Status-Code"},
      {"SIP/2.0 200\r\n\r\n", What::invalid, 11, "Status-Line"},
      {"SIP/2.0 4294967301 better\r\n\r\n", What::invalid, 8, "Status-Code"},
      {"X a SIP/2.0\r\nA: b\r\nno colon\r\n\r\n", What::invalid, 27, "HCOLON"},
      {"X a SIP/2.0\r\nSubject\r\n : folded\r\n\r\n", What::invalid, 20, "HCOLON"},
  };
  for (auto const& refused : all) {
    auto const message = Message::parse(refused.octets);
    ASSERT_FALSE(message) << printable(refused.octets);
    EXPECT_EQ(message.error().what, refused.what) << printable(refused.octets);
    EXPECT_EQ(message.error().offset, refused.offset) << printable(refused.octets) << describe(message.error());
    EXPECT_EQ(message.error().rule, refused.rule) << printable(refused.octets);
    EXPECT_FALSE(message.error().clause.empty());
  }
}

TEST(SipMessage, HoldsWhatFitsTheLimitsAndNoMore) {
  constexpr std::string_view octets = "X a SIP/2.0\r\nA: 1\r\nB: 2\r\n\r\n";
  EXPECT_TRUE(Message::parse(octets, {.octets = octets.size(), .fields = 2}));
  auto const fields = Message::parse(octets, {.octets = octets.size(), .fields = 1});
  ASSERT_FALSE(fields);
  EXPECT_EQ(fields.error().what, What::limit);
  EXPECT_EQ(fields.error().offset, 19U);
  auto const size = Message::parse(octets, {.octets = octets.size() - 1, .fields = 2});
  ASSERT_FALSE(size);
  EXPECT_EQ(size.error().what, What::limit);
  EXPECT_EQ(size.error().offset, octets.size() - 1);
}

TEST(SipMessage, WritesWhatWasMade) {
  auto request = Message::request("REGISTER", "sip:example.com");
  request.add(Name::cseq, "1 REGISTER").add("i", "abc").add_first(Name::via, "SIP/2.0/UDP a").add("X-New", "1");
  request.add_first(Name::via, "SIP/2.0/UDP b").set_body("hi", "text/plain");
  EXPECT_EQ(request.write(),
            "REGISTER sip:example.com SIP/2.0\r\nVia: SIP/2.0/UDP b\r\nVia: SIP/2.0/UDP a\r\nCSeq: 1 REGISTER\r\n"
            "i: abc\r\nX-New: 1\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi");
  EXPECT_EQ(Message::response(180, "Ringing").write(), "SIP/2.0 180 Ringing\r\n\r\n");
}

/// `odd` with `from` replaced by `to`.
static std::string odd_with(std::string_view from, std::string_view to) {
  std::string text(odd);
  return text.replace(text.find(from), from.size(), to);
}

TEST(SipMessage, EditsTouchNothingElse) {
  auto const message = Message::parse(odd);
  ASSERT_TRUE(message) << describe(message.error());
  auto edited = *message;
  EXPECT_EQ(edited.set(Name::to, "sip:c@d").write(), odd_with("TO:sip:bob@example.com  \r\n", "To: sip:c@d\r\n"));
  edited = *message;
  EXPECT_EQ(edited.set(Name::via, "x").write(), odd_with("v : SIP / 2.0 / UDP\r\n\t host ;branch=z9hG4bKa\r\n", "Via: x\r\n"));
  edited = *message;
  EXPECT_EQ(edited.drop(Name::cseq).write(), odd_with("CSeq: 2\r\n MESSAGE\n", ""));
  edited = *message;
  EXPECT_EQ(edited.add(Name::expires, "0").write(), odd_with("L:\r\n 3\r\n", "L:\r\n 3\r\nExpires: 0\r\n"));
  edited = *message;
  EXPECT_EQ(edited.set(Name::expires, "0").write(), odd_with("L:\r\n 3\r\n", "L:\r\n 3\r\nExpires: 0\r\n"));
  edited = *message;
  EXPECT_EQ(edited.set_request_uri("sip:d@e").set_request_uri("tel:1").write(), odd_with("sip:bob@example.com SIP", "tel:1 SIP"));
  EXPECT_EQ(edited.request_uri(), "tel:1");
}

TEST(SipMessage, AnEmptyBodyHasNoType) {
  auto message = Message::request("X", "a");
  message.set_body("1", "text/plain").set_body("", "text/plain");
  EXPECT_EQ(message.write(), "X a SIP/2.0\r\nContent-Length: 0\r\n\r\n");
}

}  // namespace tollgate::sip
