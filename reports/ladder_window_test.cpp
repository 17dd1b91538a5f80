#include "reports/ladder_window.hpp"

#include <gmock/gmock.h>
#include <string>

namespace tollgate::reports {
namespace {

/// "0-3 +92 96-98 +1": rows and gaps.
std::string window(std::size_t rows, std::vector<trace::EventId> const& witnesses, std::size_t most) {
  trace::Ladder ladder;
  for (std::size_t i = 0; i < rows; ++i) ladder.rows.push_back({.event = static_cast<trace::EventId>(i + 1)});
  std::string out;
  auto const lines = ladder_window(ladder, witnesses, {.rows = most}).lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    auto const first = lines[i].row;
    while (lines[i].left_out == 0 && i + 1 < lines.size() && lines[i + 1].left_out == 0) ++i;
    out += lines[i].left_out > 0 ? " +" + std::to_string(lines[i].left_out)
                                 : " " + std::to_string(first) + (lines[i].row == first ? "" : "-" + std::to_string(lines[i].row));
  }
  return out.empty() ? out : out.substr(1);
}

TEST(LadderWindow, HasAllOfAShortLadder) {
  EXPECT_EQ(window(0, {}, 5), "");
  EXPECT_EQ(window(5, {3}, 5), "0-4");
}

TEST(LadderWindow, WithoutWitnessesIsTheBeginning) {
  EXPECT_EQ(window(20, {}, 6), "0-5 +14");
}

TEST(LadderWindow, KeepsWhatLiesAroundTheWitnesses) {
  EXPECT_EQ(window(100, {51}, 8), "0-2 +45 48-52 +47") << "event 51 is row 50";
  EXPECT_EQ(window(100, {100}, 6), "0-2 +94 97-99");
  EXPECT_EQ(window(13'100, {13'022, 13'024}, 9), "0-2 +13016 13019-13024 +75");
}

TEST(LadderWindow, LosesNoWitness) {
  EXPECT_EQ(window(30, {5, 10, 15, 20}, 2), "0 +3 4 +4 9 +4 14 +4 19 +10");
  EXPECT_EQ(window(10, {99}, 3), "0-2 +7") << "no such event";
}

TEST(LadderWindow, CountsWhatItLeavesOut) {
  trace::Ladder ladder;
  ladder.rows.resize(50);
  EXPECT_EQ(left_out(ladder_window(ladder, {}, {.rows = 20}).lines), 30U);
  EXPECT_EQ(left_out(ladder_window(ladder, {}, {.rows = 50}).lines), 0U);
}

/// So many users, each with a message to the IM Server at every turn.
trace::Ladder crowd(std::size_t users, std::size_t turns) {
  trace::Ladder ladder;
  for (std::size_t i = 0; i < users; ++i) ladder.columns.push_back({.role = trace::Role::im_client});
  ladder.columns.push_back({.role = trace::Role::im_server});
  ladder.columns.push_back({.role = trace::Role::charging_enabler});
  for (std::size_t i = 0; i < users * turns; ++i)
    ladder.rows.push_back({.event = static_cast<trace::EventId>(i + 1), .from = i % users, .to = users});
  return ladder;
}

/// The columns that are drawn, and the rows.
std::string drawn(LadderWindow const& window) {
  std::string lanes, rows;
  for (std::size_t i = 0; i < window.lanes.size(); ++i)
    if (window.lanes[i]) lanes += " " + std::to_string(i);
  for (auto const& line : window.lines)
    if (line.left_out == 0) rows += " " + std::to_string(line.row);
  return "lanes" + lanes + " rows" + rows;
}

TEST(LadderWindow, GivesItsLanesToTheWitnessesAndTheirNeighbours) {
  auto const ladder = crowd(50, 2);
  EXPECT_EQ(drawn(ladder_window(ladder, {}, {.rows = 300, .lanes = 5})), "lanes 0 1 2 50 51 rows 0 1 2 50 51 52");
  EXPECT_EQ(drawn(ladder_window(ladder, std::vector<trace::EventId>{41}, {.rows = 300, .lanes = 5})),
            "lanes 0 39 40 50 51 rows 0 39 40 50 89 90")
      << "whoever came first has nothing to do with it";
  EXPECT_EQ(drawn(ladder_window(ladder, std::vector<trace::EventId>{11, 21, 31, 41}, {.rows = 300, .lanes = 5})),
            "lanes 20 30 40 50 51 rows 20 30 40 70 80 90")
      << "what broke the rule comes first";
  EXPECT_EQ(left_out(ladder_window(crowd(3, 9), {}, {.rows = 300, .lanes = 5}).lines), 0U);
}

TEST(LadderWindow, OfARunningCaseIsTheNewest) {
  auto const few = newest_window(crowd(2, 50), {.rows = 4, .lanes = 5});
  EXPECT_EQ(drawn(few), "lanes 0 1 2 3 rows 96 97 98 99");
  EXPECT_EQ(few.lines.front().left_out, 96U) << "how many came before";
  EXPECT_EQ(drawn(newest_window(crowd(50, 2), {.rows = 40, .lanes = 5})), "lanes 47 48 49 50 51 rows 97 98 99")
      << "the lanes of those who spoke last";
  EXPECT_EQ(drawn(newest_window(crowd(2, 1), {.rows = 40, .lanes = 5})), "lanes 0 1 2 3 rows 0 1");
  EXPECT_EQ(drawn(newest_window(crowd(2, 0), {.rows = 40, .lanes = 5})), "lanes 2 3 rows") << "nothing has come yet";
}

}  // namespace
}  // namespace tollgate::reports
