#include "sim/wall_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

namespace tollgate {
namespace {

constexpr Duration while_nothing_comes = 60ms, a_while = 10ms;

void spins(WallClock const& clock, Duration time) {
  for (Instant const end = clock.now() + time; clock.now() < end;) {
  }
}

TEST(WallClock, IsNotLateForWhatComesBehindAnIdleTime) {
  WallClock clock;
  Instant const start = clock.now();
  int come = 0;
  clock.aside([&] { spins(clock, while_nothing_comes); },
              [&] {
                for (int i = 0; i < 2; ++i) boost::asio::post(clock.io(), [&] { ++come; });
              });
  clock.run_until([&] { return come == 2; });
  EXPECT_LT(clock.worst_lag(start), while_nothing_comes);
}

/// The last of a burst may have lain there as long as the others took.
TEST(WallClock, IsLateForTheLastOfABurst) {
  WallClock clock;
  Instant const start = clock.now();
  int come = 0;
  for (int i = 0; i < 4; ++i)
    boost::asio::post(clock.io(), [&] {
      spins(clock, a_while);
      ++come;
    });
  clock.run_until([&] { return come == 4; });
  EXPECT_GE(clock.worst_lag(start), 3 * a_while);
  EXPECT_EQ(clock.worst_lag(clock.now()), Duration::zero()) << "of before";
}

}  // namespace
}  // namespace tollgate
