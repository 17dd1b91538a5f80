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

TEST(SipTextValue, FindsTheEndOfAComment) {
  EXPECT_EQ(comment_size("(a (b) \\) c) d", 0), 12U);
  EXPECT_EQ(comment_size("x(y)", 1), 3U);
  EXPECT_EQ(comment_size("(a (b)", 0), 0U);
}

}  // namespace tollgate::sip
