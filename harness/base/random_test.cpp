#include "base/random.hpp"

#include <gtest/gtest.h>
#include <set>

namespace tollgate {
namespace {

/// No case may draw what another has drawn a few draws earlier: two flows of one server would have a Call-ID in common.
TEST(Random, OfNeighboursHasNothingInCommon) {
  constexpr std::uint64_t seeds = 8, numbers = 60, draws = 120;
  std::set<std::uint64_t> drawn;
  for (std::uint64_t seed = 0; seed < seeds; ++seed)
    for (std::uint64_t number = 0; number < numbers; ++number) {
      auto random = Random::of({seed, number});
      for (std::uint64_t i = 0; i < draws; ++i) drawn.insert(random.next());
    }
  EXPECT_EQ(drawn.size(), seeds * numbers * draws);
}

TEST(Random, OfTheSameNumbersDrawsTheSame) {
  EXPECT_EQ(Random::of({7, 1, 2}).next(), Random::of({7, 1, 2}).next());
  EXPECT_NE(Random::of({7, 1, 2}).next(), Random::of({7, 2, 1}).next());
  EXPECT_NE(Random::of({7, 1}).next(), Random::of({7, 1, 0}).next());
}

}  // namespace
}  // namespace tollgate
