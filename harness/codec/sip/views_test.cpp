#include "codec/sip/views.hpp"

#include <gtest/gtest.h>

#include "codec/sip/refused_test.hpp"

namespace tollgate::sip {

static Message with(Name name, std::string_view value) {
  auto message = Message::request("X", "a");
  message.add(name, value);
  return message;
}

TEST(SipViews, ReadsCSeq) {
  auto const folded = parse_cseq("2147483647\r\n\t INVITE");
  ASSERT_TRUE(folded) << describe(folded.error());
  EXPECT_EQ(folded->number, 2147483647U);
  EXPECT_EQ(folded->method, "INVITE");
  auto const zero = parse_cseq("0009 x-Y");
  ASSERT_TRUE(zero) << describe(zero.error());
  EXPECT_EQ(zero->number, 9U);
  EXPECT_EQ(zero->method, "x-Y");
}

TEST(SipViews, RefusesOtherCSeqs) {
  constexpr RefusedText all[] = {
      {"", 0, "CSeq"},
      {"INVITE", 0, "CSeq"},
      {"-1 INVITE", 0, "CSeq"},
      {"1", 1, "CSeq"},
      {"1 ", 2, "Method"},
      {"1INVITE", 1, "CSeq"},
      {"1 INVITE x", 8, "CSeq"},
      {"1 IN;VITE", 4, "CSeq"},
      {"2147483648 INVITE", 0, "CSeq"},
      {"99999999999999999999 INVITE", 0, "CSeq"},
  };
  expect_refused(all, parse_cseq);
  EXPECT_EQ(parse_cseq("2147483648 INVITE").error().clause, "RFC 3261 8.1.1.5");
}

TEST(SipViews, ReadsCallId) {
  for (std::string_view const good : {"a", "a@b", "f81d4fae-7dec@[::1]", "w(x)<y>:\\\"/?{}"}) {
    auto const message = with(Name::call_id, good);
    auto const read = call_id(message);
    ASSERT_TRUE(read) << good << describe(read.error());
    EXPECT_EQ(*read, good);
  }
}

TEST(SipViews, RefusesOtherCallIds) {
  constexpr RefusedText all[] = {
      {"", 0, "word"},      {"@b", 0, "word"},  {"a@", 2, "word"},
      {"a@b@c", 3, "word"}, {"a b", 1, "word"}, {"a,b", 1, "word"},
  };
  for (auto const& row : all) {
    auto const message = with(Name::call_id, row.text);
    RefusedText const one[] = {row};
    expect_refused(one, [&](std::string_view) { return call_id(message); });
  }
}

TEST(SipViews, ReadsNumbers) {
  EXPECT_EQ(content_length(with(Name::content_length, "0042")), 42U);
  EXPECT_EQ(content_length(with(Name::content_length, "18446744073709551615")), SIZE_MAX);
  EXPECT_EQ(expires(with(Name::expires, "4294967295")), 4294967295U);
  EXPECT_EQ(max_forwards(with(Name::max_forwards, "0")), 0U);
  EXPECT_EQ(max_forwards(with(Name::max_forwards, "255")), 255U);
}

TEST(SipViews, RefusesOtherNumbers) {
  constexpr RefusedText lengths[] = {
      {"", 0, "Content-Length"},
      {"-1", 0, "Content-Length"},
      {"5 5", 1, "Content-Length"},
      {"5a", 1, "Content-Length"},
      {"18446744073709551616", 0, "Content-Length"},
  };
  expect_refused(lengths, [](std::string_view text) { return content_length(with(Name::content_length, text)); });
  constexpr RefusedText seconds[] = {{"4294967296", 0, "Expires"}, {"3600s", 4, "Expires"}};
  expect_refused(seconds, [](std::string_view text) { return expires(with(Name::expires, text)); });
  constexpr RefusedText hops[] = {{"256", 0, "Max-Forwards"}, {"+1", 0, "Max-Forwards"}};
  expect_refused(hops, [](std::string_view text) { return max_forwards(with(Name::max_forwards, text)); });
}

TEST(SipViews, SayWhatIsMissing) {
  auto const message = Message::request("X", "a");
  EXPECT_EQ(cseq(message).error().rule, "CSeq");
  EXPECT_EQ(call_id(message).error().rule, "Call-ID");
  EXPECT_EQ(content_length(message).error().rule, "Content-Length");
  EXPECT_EQ(expires(message).error().rule, "Expires");
  EXPECT_EQ(max_forwards(message).error().rule, "Max-Forwards");
}

}  // namespace tollgate::sip
