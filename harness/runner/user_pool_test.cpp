#include "runner/user_pool.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

TEST(UserPool, GivesFreshUsersAndThenThoseThatCameBack) {
  UserPool pool(3, 2);
  EXPECT_EQ(pool.take(), 2U);
  pool.give_back(2);
  EXPECT_EQ(pool.take(), 3U);
  EXPECT_EQ(pool.take(), 1U) << "from the beginning again";
  EXPECT_EQ(pool.take(), 2U);
  EXPECT_EQ(pool.take(), std::nullopt);
}

}  // namespace
}  // namespace tollgate
