#include "reports/ladder_window.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace tollgate::reports {

/// Around these the window grows: the first row, and the witnesses'.
static std::vector<std::size_t> middles(trace::Ladder const& ladder, std::span<trace::EventId const> witnesses) {
  std::vector<std::size_t> out{0};
  for (auto const id : witnesses) {
    auto const row = std::ranges::find(ladder.rows, id, &trace::Row::event);
    if (row != ladder.rows.end()) out.push_back(static_cast<std::size_t>(row - ladder.rows.begin()));
  }
  return out;
}

static std::vector<bool> chosen_rows(trace::Ladder const& ladder, std::span<trace::EventId const> witnesses, std::size_t most) {
  auto const count = ladder.rows.size();
  if (count <= most) return std::vector<bool>(count, true);
  std::vector<bool> chosen(count, false);
  std::size_t left = most;
  auto const choose = [&](std::size_t row) {
    if (row >= count || chosen[row]) return;
    chosen[row] = true;
    left -= std::min<std::size_t>(left, 1);
  };
  auto const around = middles(ladder, witnesses);
  for (auto const row : around) choose(row);
  for (std::size_t distance = 1; left > 0 && distance < count; ++distance)
    for (auto const row : around) {
      if (left > 0 && distance <= row) choose(row - distance);
      if (left > 0) choose(row + distance);
    }
  return chosen;
}

std::vector<WindowLine> ladder_window(trace::Ladder const& ladder, std::span<trace::EventId const> witnesses, std::size_t most) {
  std::vector<WindowLine> lines;
  auto const chosen = chosen_rows(ladder, witnesses, most);
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    bool const goes_on = !chosen[row] && !lines.empty() && lines.back().left_out > 0;
    if (chosen[row])
      lines.push_back({.row = row});
    else if (goes_on)
      ++lines.back().left_out;
    else
      lines.push_back({.row = row, .left_out = 1});
  }
  return lines;
}

std::size_t left_out(std::span<WindowLine const> window) {
  return std::transform_reduce(window.begin(), window.end(), std::size_t{0}, std::plus(), [](auto const& line) { return line.left_out; });
}

}  // namespace tollgate::reports
