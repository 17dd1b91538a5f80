#include "scenarios/deferred_push/debit/debit_timing.hpp"

#include <gtest/gtest.h>
#include <vector>

namespace tollgate::deferred_push {
namespace {

using rules::DebitTiming;
using Answered = std::vector<std::size_t>;

TEST(DebitTiming, IsReadOffTheAnswersBeforeEachDebit) {
  EXPECT_EQ(classify(Answered{0}, 3), DebitTiming::pre);
  EXPECT_EQ(classify(Answered{1}, 3), DebitTiming::first);
  EXPECT_EQ(classify(Answered{3}, 3), DebitTiming::all);
  EXPECT_EQ(classify(Answered{1, 2, 3}, 3), DebitTiming::each);
  EXPECT_EQ(classify(Answered{1, 2}, 2), DebitTiming::each);
}

TEST(DebitTiming, IsNoneOfTheFourElse) {
  for (auto const& odd :
       {Answered{}, Answered{2}, Answered{4}, Answered{1, 3}, Answered{0, 1}, Answered{1, 1, 1}, Answered{1, 2, 3, 3}, Answered{3, 2, 1}})
    EXPECT_EQ(classify(odd, 3), std::nullopt);
}

}  // namespace
}  // namespace tollgate::deferred_push
