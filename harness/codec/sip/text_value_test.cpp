#include "codec/sip/text_value.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipTextValue, AllowsUtf8AndFoldingOnly) {
  EXPECT_TRUE(parse_text(""));
  EXPECT_TRUE(parse_text("caf\xc3\xa9\r\n\t\"~"));
  constexpr RefusedText all[] = {{{"a\0b", 3}, 1, "TEXT-UTF8char"}, {"\x7f", 0, "TEXT-UTF8char"}, {"a\x1b", 1, "TEXT-UTF8char"}};
  expect_refused(all, parse_text);
}

/// %xC0-DF 1UTF8-CONT / %xE0-EF 2UTF8-CONT / ... (RFC 3261 25.1)
TEST(SipTextValue, CountsTheOctetsOfACharacter) {
  for (std::string_view const good : {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80.", "\xf8\x80\x80\x80\x80", "\xfc\x80\x80\x80\x80\x80"})
    EXPECT_TRUE(parse_text(good)) << good;
  for (std::string_view const bad : {"a\x80", "a\xc3", "a\xc3(", "a\xe2\x82", "a\xe2\x82z", "a\xfc\x80\x80\x80\x80", "a\xfe", "a\xff"}) {
    auto const read = parse_text(bad);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().offset, 1U);
    EXPECT_EQ(read.error().detail, "no UTF-8");
  }
}

TEST(SipTextValue, LetsUnknownFieldsHoldBareContinuations) {
  EXPECT_TRUE(parse_extension_value("a\x80\xbf \xc3\xa9"));
  constexpr RefusedText all[] = {{"a\xc3z", 1, "TEXT-UTF8char"}, {"\x80\xff", 1, "TEXT-UTF8char"}, {"a\x01", 1, "TEXT-UTF8char"}};
  expect_refused(all, parse_extension_value);
}

TEST(SipTextValue, HoldsQuotesAndCommentsToTheirOctets) {
  EXPECT_TRUE(parse_quoted_text("\"a\\\x01\\\x7f\\\\\xc3\xa9\";x=(\\\a)"));
  EXPECT_TRUE(parse_quoted_text("a\\"));
  constexpr RefusedText all[] = {
      {"\"a\x01\"", 2, "qdtext"},           {"(a\x01)", 2, "ctext"},          {"\"a\x80\"", 2, "qdtext"}, {"(\xc3)", 1, "ctext"},
      {"\"\\\xc3\xa9\"", 2, "quoted-pair"}, {"\"\\\r\n\"", 2, "quoted-pair"}, {"\"\x7f\"", 1, "qdtext"},
  };
  expect_refused(all, parse_quoted_text);
}

TEST(SipTextValue, HoldsAReasonPhraseToItsOwn) {
  EXPECT_TRUE(parse_reason_phrase("=2**3 * 5**2, 100%25 \xc3\xa9\x80;/?:@&+$-_.!~'()"));
  constexpr RefusedText all[] = {{"a\"b", 1, "Reason-Phrase"}, {"[1]", 0, "Reason-Phrase"}, {"100%", 3, "escaped"}};
  expect_refused(all, parse_reason_phrase);
}

TEST(SipTextValue, FindsTheEndOfAComment) {
  EXPECT_EQ(comment_size("(a (b) \\) c) d", 0), 12U);
  EXPECT_EQ(comment_size("x(y)", 1), 3U);
  EXPECT_EQ(comment_size("(a (b)", 0), 0U);
}

}  // namespace tollgate::sip
