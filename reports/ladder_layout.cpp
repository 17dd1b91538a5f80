#include "reports/ladder_layout.hpp"

#include <algorithm>
#include <numeric>

#include "reports/ladder_words.hpp"

namespace tollgate::reports {

namespace {

constexpr int badges = 34, apart = 8;              ///< left of the first head, and from head to head
constexpr int behind = 80;                         ///< the last lane
constexpr int quiet_least = 90, talk_least = 206;  ///< from lane to lane
constexpr int widest_gap = 236, widest_gap_of_few = 300;
constexpr std::size_t few = 3;  ///< lanes

/// With the widths of its letters: the role in bold, the actor in a monospaced font.
int head_width(trace::Column const& column, int most) {
  constexpr double role_letter = 7.9, actor_letter = 7.3;
  constexpr int padding = 12;
  auto const role = static_cast<int>(role_letter * static_cast<double>(to_string(column.role).size())) + padding;
  auto const actor = static_cast<int>(actor_letter * static_cast<double>(length_of(column.actor))) + padding;
  return std::max(role, std::min(actor, most));
}

int sum(std::vector<int> const& gaps, int least) {
  return std::accumulate(gaps.begin(), gaps.end(), 0, [least](int so_far, int gap) { return so_far + std::max(gap, least); });
}

}  // namespace

LadderLayout ladder_layout(trace::Ladder const& ladder, std::vector<bool> const& drawn) {
  LadderLayout out{.x = std::vector<std::optional<int>>(drawn.size()), .head_width = std::vector<int>(drawn.size()), .width = 0};
  std::vector<std::size_t> lanes;
  for (std::size_t i = 0; i < drawn.size(); ++i)
    if (drawn[i]) lanes.push_back(i);
  for (auto const lane : lanes)
    out.head_width[lane] = head_width(ladder.columns[lane], lanes.size() > few + 1 ? quiet_least - apart : talk_least - apart);

  std::vector<int> gaps;  // the least ones
  for (std::size_t i = 1; i < lanes.size(); ++i) {
    auto const left = lanes[i - 1], right = lanes[i];
    bool const quiet = ladder.columns[left].role == ladder.columns[right].role;
    gaps.push_back(std::max(quiet ? quiet_least : talk_least, (out.head_width[left] + out.head_width[right]) / 2 + apart));
  }
  int const first = LadderLayout::gutter + badges + (lanes.empty() ? 0 : out.head_width[lanes.front()] / 2);
  int gap = lanes.size() <= few ? widest_gap_of_few : widest_gap;
  while (gap > quiet_least && first + sum(gaps, gap) + behind > LadderLayout::fits_most) --gap;

  int x = first;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (i > 0) x += std::max(gaps[i - 1], gap);
    out.x[lanes[i]] = x;
  }
  out.width = x + behind;
  return out;
}

}  // namespace tollgate::reports
