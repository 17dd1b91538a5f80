#include "base/text.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

TEST(Text, NamesFewOfMany) {
  std::vector<std::string> const names{"ORD-03", "ORD-05", "DBT-04"};
  EXPECT_EQ(few_of({}), "");
  EXPECT_EQ(few_of(names, 3), "ORD-03, ORD-05, DBT-04");
  EXPECT_EQ(few_of(names, 2), "ORD-03, ORD-05 and 1 more");
}

TEST(Text, ReplacesEveryPlaceButNotInWhatIsPutThere) {
  EXPECT_EQ(replaced("{a}-{a}-{b}", "{a}", "x"), "x-x-{b}");
  EXPECT_EQ(replaced("{a}", "{a}", "{a}{a}"), "{a}{a}");
  EXPECT_EQ(replaced("none", "{a}", "x"), "none");
}

}  // namespace
}  // namespace tollgate
