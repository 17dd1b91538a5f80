#include "reports/escape.hpp"

#include <gtest/gtest.h>

namespace tollgate::reports {
namespace {

TEST(Legible, KeepsTextAndShowsTheRest) {
  EXPECT_EQ(legible("plain\ttext\nzwei ü 語 😀"), "plain\ttext\nzwei ü 語 😀");
  EXPECT_EQ(legible(std::string_view("a\0b\r\x1b[31m\x7f", 10)), "a\\x00b\\x0d\\x1b[31m\\x7f");
  EXPECT_EQ(legible("\xc2\x9b"), "\\u009b") << "CSI of a terminal that knows C1 controls";
  EXPECT_EQ(legible("a\u202e\u2066\ufffe"), "a\\u202e\\u2066\\ufffe");
}

TEST(Legible, ShowsEveryOctetThatIsNoUtf8) {
  EXPECT_EQ(legible("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(legible("\xc3"), "\\xc3") << "cut short";
  EXPECT_EQ(legible("\xc0\xaf"), "\\xc0\\xaf") << "overlong";
  EXPECT_EQ(legible("\xed\xa0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(legible("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "above U+10FFFF";
  EXPECT_EQ(legible("\xe2\x82z"), "\\xe2\\x82z");
}

TEST(Markup, LeavesNothingThatOpensOrEndsMarkup) {
  EXPECT_EQ(markup("]]></script><b a='\"&"), "]]&gt;&lt;/script&gt;&lt;b a=&#39;&quot;&amp;");
}

TEST(OneLine, HasNoLineFeed) {
  EXPECT_EQ(one_line("a\nb\tc\r"), "a b c\\x0d");
}

TEST(Capped, CutsBetweenCharactersAndSaysWhatIsMissing) {
  EXPECT_EQ(capped("abc", 3, "see x"), "abc");
  EXPECT_EQ(capped("abcd", 3, "see x"), "abc\n[1 more octets: see x]");
  EXPECT_EQ(capped("ab\xc3\xbc", 3, "see x"), "ab\n[2 more octets: see x]");
  EXPECT_EQ(capped(std::string(9, '\x80'), 4, "x").substr(0, 1), "\n") << "no character to keep whole";
}

}  // namespace
}  // namespace tollgate::reports
