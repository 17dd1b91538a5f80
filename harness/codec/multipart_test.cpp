#include "codec/multipart.hpp"

#include <gtest/gtest.h>

namespace tollgate {

TEST(Multipart, HasThePartsBetweenItsDelimiters) {
  auto const parts =
      parts_of("preamble\r\n--x\r\ncontent-type : text/plain \r\nX: y\r\n\r\none\r\ntwo\r\n--x  \r\n\r\n--xnot\r\n--x--\r\nepilogue", "x");
  ASSERT_GE(parts.size(), 2U);
  EXPECT_EQ(parts[0].value("Content-Type"), "text/plain");
  EXPECT_EQ(parts[0].value("x"), "y");
  EXPECT_EQ(parts[0].value("Y"), "");
  EXPECT_EQ(parts[0].body, "one\r\ntwo");
  EXPECT_EQ(parts[1].head, "");
}

TEST(Multipart, OfWhatHasNoEndOrNoDelimiterIsWhatThereIs) {
  EXPECT_EQ(parts_of("--x\r\n\r\nlost", "x").at(0).body, "lost");
  EXPECT_TRUE(parts_of("no delimiter", "x").empty());
  EXPECT_TRUE(parts_of("--\r\n", "").empty());
  EXPECT_TRUE(parts_of("a --x\r\n\r\nin the middle of a line", "x").empty());
  EXPECT_EQ(parts_of("--x", "x").size(), 1U);
  EXPECT_EQ(parts_of("--x\r\nhead only\r\n--x--", "x").at(0).body, "");
}

}  // namespace tollgate
