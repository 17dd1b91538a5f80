#include "codec/sip/parameters.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipParameters, ReadsFlagsTokensAndQuotedValues) {
  auto const read = parse_parameters(" ;lr ; Tag = a1;q=\"x;\\\"y\";received=2001:db8::1;maddr=[::1]\r\n ;a=b%20");
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 6U);
  EXPECT_EQ(read->find("LR"), "");
  EXPECT_EQ(read->begin()->value, std::nullopt);
  EXPECT_EQ(read->find("tag"), "a1");
  EXPECT_EQ(read->find("q"), "\"x;\\\"y\"");
  EXPECT_EQ(read->find("received"), "2001:db8::1");
  EXPECT_EQ(read->find("maddr"), "[::1]");
  EXPECT_EQ(read->find("a"), "b%20");
  EXPECT_TRUE(read->has("lr"));
  EXPECT_FALSE(read->has("l"));
}

TEST(SipParameters, AnEmptyTextHasNone) {
  for (std::string_view const text : {"", "  "}) {
    auto const read = parse_parameters(text);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->empty());
  }
}

TEST(SipParameters, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"a=b", 0, "SEMI"},
      {";a b", 3, "SEMI"},
      {";", 1, "generic-param"},
      {";;a", 1, "generic-param"},
      {";=b", 1, "generic-param"},
      {";a=", 3, "gen-value"},
      {";a=;b", 3, "gen-value"},
      {";a=\"b", 3, "quoted-string"},
      {";a=\"b\\\"", 3, "quoted-string"},
      {";a=[::1", 3, "gen-value"},
      {";a=1:2:3", 3, "gen-value"},
      {";a[=b", 2, "SEMI"},
      {";a=\"b\"c", 6, "SEMI"},
      {";a=b=c", 4, "SEMI"},
      {";a@b", 2, "SEMI"},
      {";a;b;A=1", 5, "generic-param"},
  };
  expect_refused(all, [](std::string_view text) { return parse_parameters(text); });
}

TEST(SipParameters, OfAUriHaveNoSpaceAndNoQuotes) {
  auto const read = parse_parameters(";%6C%72;n%61me=v%61lue%25%34%31;a[1]=/$", ParametersOf::uri);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->size(), 3U);
  EXPECT_EQ(read->find("a[1]"), "/$");
  constexpr RefusedText all[] = {
      {" ;a", 0, "SEMI"},      {";a =b", 2, "SEMI"},   {";a=\"b\"", 3, "pvalue"},    {"; a", 1, "pname"},
      {";a=%4", 3, "escaped"}, {";%zz", 1, "escaped"}, {";a;A", 3, "uri-parameter"},
  };
  expect_refused(all, [](std::string_view text) { return parse_parameters(text, ParametersOf::uri); });
}

TEST(SipParameters, UnquotedTakesOnePairOfQuotes) {
  EXPECT_EQ(unquoted("\"a\\\"b\""), "a\\\"b");
  EXPECT_EQ(unquoted("\"\""), "");
  EXPECT_EQ(unquoted("\""), "\"");
  EXPECT_EQ(unquoted("a"), "a");
}

TEST(SipParameters, AreBounded) {
  std::string text;
  for (int i = 0; i < 64; ++i) text += ";p" + std::to_string(i);
  EXPECT_TRUE(parse_parameters(text));
  auto const read = parse_parameters(text + ";more");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().what, What::limit);
  EXPECT_EQ(read.error().offset, text.size() + 1);
}

}  // namespace tollgate::sip
