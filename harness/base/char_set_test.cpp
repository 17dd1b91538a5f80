#include "base/char_set.hpp"

#include <gtest/gtest.h>

namespace tollgate {

constexpr auto hex = CharSet::range('0', '9') | CharSet::range('a', 'f') | "ABCDEF";

TEST(CharSet, HoldsItsMembersOnly) {
  for (int c = 0; c < 256; ++c) EXPECT_EQ(hex.contains(static_cast<char>(c)), c < 0x80 && std::isxdigit(c) != 0) << c;
}

TEST(CharSet, ReachesTheLastOctet) {
  constexpr auto all = CharSet::range('\0', '\xff');
  EXPECT_TRUE(all.contains('\xff'));
  EXPECT_TRUE(all.contains('\0'));
  EXPECT_FALSE((CharSet::range('a', 'c') - "b").contains('b'));
}

TEST(CharSet, CountsARun) {
  EXPECT_EQ(hex.run("0aFg"), 3U);
  EXPECT_EQ(hex.run("g0aF", 1), 3U);
  EXPECT_EQ(hex.run("", 0), 0U);
  EXPECT_EQ(hex.run("x"), 0U);
}

}  // namespace tollgate
