#include "runner/user_pool.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

TEST(UserPool, GivesFreshUsersAndThenThoseThatCameBack) {
  UserPool pool(3);
  EXPECT_EQ(pool.take(2), 2U);
  pool.give_back(2);
  EXPECT_EQ(pool.take(2), 3U) << "fresh ones first";
  EXPECT_EQ(pool.take(2), 1U) << "from the beginning again";
  EXPECT_EQ(pool.take(2), 2U);
  EXPECT_EQ(pool.take(2), std::nullopt);
}

TEST(UserPool, GivesNobodyWhoIsSpent) {
  UserPool pool(4);
  for (unsigned const number : {0U, 2U, 2U, 5U}) pool.spend(number);
  EXPECT_EQ(pool.free(), 3U);
  EXPECT_EQ(pool.take(2), 3U);
  EXPECT_EQ(pool.take(1), 1U);
  EXPECT_EQ(pool.take(1), 4U);
  EXPECT_EQ(pool.take(1), std::nullopt);
  pool.give_back(3);
  pool.give_back(4);
  pool.spend(3);
  EXPECT_EQ(pool.take(1), 4U);
  pool.spend(4);  // who is in use is spent as well
  pool.give_back(4);
  EXPECT_EQ(pool.take(1), std::nullopt);
}

TEST(UserPool, SaysHowManyAreFree) {
  UserPool pool(2);
  EXPECT_EQ(pool.free(), 2U);
  (void)pool.take(1);
  (void)pool.take(1);
  EXPECT_EQ(pool.free(), 0U);
  pool.give_back(2);
  EXPECT_EQ(pool.free(), 1U);
}

TEST(UserPool, GivesWhatIsWishedWhoeverElseTakesPart) {
  UserPool alone(1000), shared(1000);
  for (unsigned i = 1; i <= 100; ++i) (void)shared.take(i);
  EXPECT_EQ(alone.take(500), 500U);
  EXPECT_EQ(shared.take(500), 500U);
}

}  // namespace
}  // namespace tollgate
