#include "base/text.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

TEST(Text, ReplacesEveryPlaceButNotInWhatIsPutThere) {
  EXPECT_EQ(replaced("{a}-{a}-{b}", "{a}", "x"), "x-x-{b}");
  EXPECT_EQ(replaced("{a}", "{a}", "{a}{a}"), "{a}{a}");
  EXPECT_EQ(replaced("none", "{a}", "x"), "none");
}

}  // namespace
}  // namespace tollgate
