#include "base/marks.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"

namespace tollgate {

TEST(Marks, FindsNothingInNothing) {
  Marks<'\n', ':'> marks("");
  EXPECT_EQ(marks.find_first(0), marks.none);
  EXPECT_EQ(marks.find_either(7), marks.none);
}

/// Texts of every size around the block's, asked in every place and in any order, agree with the plain search.
TEST(Marks, AgreesWithThePlainSearch) {
  Random random(1);
  for (std::size_t size = 1; size < 200; ++size) {
    std::string text;
    while (text.size() < size) text += "ab:\n\r\x8a\xba\xff"[random.below(random.below(8) + 1)];
    Marks<'\n', ':'> marks(text);
    for (std::size_t i = 0; i < 2 * size; ++i) {
      auto const at = i < size ? i : random.below(size);
      EXPECT_EQ(marks.find_first(at), text.find('\n', at));
      EXPECT_EQ(marks.find_either(at), text.find_first_of("\n:", at));
    }
    EXPECT_EQ(marks.find_first(size), marks.none);
  }
}

}  // namespace tollgate
