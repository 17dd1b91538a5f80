#include "codec/sip/marks.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace tollgate::sip {

TEST(SipMarks, FindsNothingInNothing) {
  Marks marks("");
  EXPECT_EQ(marks.line_feed(0), Marks::none);
  EXPECT_EQ(marks.line_feed_or_colon(7), Marks::none);
}

/// Texts of every size around the block's, asked in every place and in any order, agree with the plain search.
TEST(SipMarks, AgreesWithThePlainSearch) {
  Random random(1);
  for (std::size_t size = 1; size < 200; ++size) {
    std::string text;
    while (text.size() < size) text += "ab:\n\r\x8a\xba\xff"[random.below(random.below(8) + 1)];
    Marks marks(text);
    for (std::size_t i = 0; i < 2 * size; ++i) {
      auto const at = i < size ? i : random.below(size);
      EXPECT_EQ(marks.line_feed(at), text.find('\n', at));
      EXPECT_EQ(marks.line_feed_or_colon(at), text.find_first_of("\n:", at));
    }
    EXPECT_EQ(marks.line_feed(size), Marks::none);
  }
}

}  // namespace tollgate::sip
