#include "runner/scenario/variety.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/random.hpp"

namespace tollgate {
namespace {

TEST(Variety, ShowsFewBitsWhereValuesAreCounted) {
  std::set<std::string> counted, drawn;
  Random random(7);
  for (unsigned i = 0; i < 100; ++i) {
    counted.insert(fmt::format("tid{:013}", i));
    drawn.insert(random.token(16));
  }
  EXPECT_LT(seen_bits(counted), 8);
  EXPECT_GT(seen_bits(drawn), 48);
}

TEST(Variety, CountsAPlaceThatSomeDoNotHave) {
  EXPECT_EQ(seen_bits({}), 0);
  EXPECT_EQ(seen_bits({"same"}), 0);
  EXPECT_EQ(seen_bits({"a", "ab"}), 1);
}

}  // namespace
}  // namespace tollgate
