#include "actors/waiting.hpp"

#include <gtest/gtest.h>
#include <optional>

namespace tollgate {
namespace {

/// Of flows side by side one may end its wait while the others go on with theirs.
TEST(WaitBoard, ShowsTheNewestOfTheWaitsThatLast) {
  WaitBoard board;
  EXPECT_EQ(board.newest(), "");
  std::optional<WaitBoard::Wait> first, second, third;
  first.emplace(board, "alice: INVITE");
  second.emplace(board, "alice/2: INVITE");
  third.emplace(board, "alice/3: INVITE");
  EXPECT_EQ(board.newest(), "alice/3: INVITE");
  third.reset();
  EXPECT_EQ(board.newest(), "alice/2: INVITE");
  first.reset();
  EXPECT_EQ(board.newest(), "alice/2: INVITE");
  second.reset();
  EXPECT_EQ(board.newest(), "");
}

}  // namespace
}  // namespace tollgate
