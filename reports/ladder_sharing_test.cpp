#include "reports/ladder_sharing.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <initializer_list>
#include <string>

namespace tollgate::reports {
namespace {

/// Each of the clients has a row, and the last one ten.
trace::Ladder ladder_of(std::initializer_list<std::string> clients) {
  trace::Ladder ladder;
  for (auto const& one : clients) ladder.columns.push_back({trace::Role::im_client, one});
  ladder.columns.push_back({trace::Role::im_server, ""});
  for (std::size_t i = 0; i < clients.size(); ++i) ladder.rows.push_back({.from = i, .to = clients.size(), .label = "MESSAGE"});
  for (int i = 1; i < 10; ++i) ladder.rows.push_back({.from = clients.size(), .to = clients.size() - 1, .label = "INVITE"});
  ladder.withheld.push_back({.column = clients.size() - 1, .first = 0, .last = 1});
  return ladder;
}

/// "bob +1, alice, :" and whose the rows are.
std::string told(trace::Ladder const& ladder) {
  std::string out;
  for (auto const& column : ladder.columns) out += column.actor.empty() ? ":" : column.actor + ", ";
  for (auto const& row : ladder.rows)
    if (row.label != "INVITE") out += fmt::format(" {}>{} {}", row.from, row.to, row.label);
  return out;
}

TEST(LadderSharing, LeavesALadderAsItIsThatHasFewLanes) {
  EXPECT_EQ(told(with_shared_lanes(ladder_of({"bob", "bob/2", "alice"}), 4)), "bob, bob/2, alice, : 0>3 MESSAGE 1>3 MESSAGE 2>3 MESSAGE");
}

TEST(LadderSharing, ThoseWhoSayLeastShareALane) {
  auto const shared = with_shared_lanes(ladder_of({"bob", "bob/2", "alice", "alice/2"}), 4);
  EXPECT_EQ(told(shared), "bob +1, alice, alice/2, : 0>3 bob: MESSAGE 0>3 bob/2: MESSAGE 1>3 MESSAGE 2>3 MESSAGE");
  EXPECT_EQ(shared.withheld.front().column, 2U);
  EXPECT_EQ(shared.rows.back().from, 3U);
  EXPECT_EQ(shared.rows.back().to, 2U);
}

TEST(LadderSharing, TheOneThatSaysMostKeepsItsLanes) {
  EXPECT_EQ(told(with_shared_lanes(ladder_of({"alice", "alice/2"}), 1)), "alice, alice/2, : 0>2 MESSAGE 1>2 MESSAGE");
  EXPECT_EQ(told(with_shared_lanes(ladder_of({"bob", "carol", "alice"}), 2)), "bob, carol, alice, : 0>3 MESSAGE 1>3 MESSAGE 2>3 MESSAGE")
      << "nobody to share with";
  EXPECT_EQ(with_shared_lanes({}, 0).columns.size(), 0U);
}

}  // namespace
}  // namespace tollgate::reports
