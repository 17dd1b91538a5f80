#include "reports/ladder_window.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace tollgate::reports {

namespace {

class Chooser {
 public:
  Chooser(trace::Ladder const& ladder, std::span<trace::EventId const> witnesses, WindowSize most)
      : ladder_(ladder), most_(most), rows_(ladder.rows.size(), false), lanes_(ladder.columns.size(), false) {
    for (auto const id : witnesses) {
      auto const row = std::ranges::find(ladder.rows, id, &trace::Row::event);
      if (row != ladder.rows.end()) witnesses_.push_back(static_cast<std::size_t>(row - ladder.rows.begin()));
    }
  }

  [[nodiscard]] LadderWindow choose() {
    if (rows_.size() <= most_.rows && lanes_.size() <= most_.lanes) {
      rows_.assign(rows_.size(), true);
      lanes_.assign(lanes_.size(), true);
    } else {
      choose_some();
    }
    return {.lines = lines(), .lanes = std::move(lanes_)};
  }

  [[nodiscard]] LadderWindow newest() {
    take_those_of_every_case();
    auto const end = rows_.size() - std::min(rows_.size(), most_.rows);
    for (std::size_t row = rows_.size(); row-- > end;) take(row);
    return {.lines = lines(), .lanes = std::move(lanes_)};
  }

 private:
  void take_those_of_every_case() {
    for (auto const role : {trace::Role::im_server, trace::Role::charging_enabler}) {
      auto const column = std::ranges::find(ladder_.columns, role, &trace::Column::role);
      if (column != ladder_.columns.end()) take_lane(static_cast<std::size_t>(column - ladder_.columns.begin()));
    }
  }

  void choose_some() {
    take_those_of_every_case();
    for (std::size_t i = witnesses_.size(); i-- > 0;) take(witnesses_[i]);
    take(0);
    auto around = witnesses_;
    // The parties of a crowd that come first are not those that its witnesses are about.
    if (around.empty() || lanes_.size() <= most_.lanes) around.insert(around.begin(), 0);
    for (std::size_t distance = 0; taken_ < most_.rows && distance < rows_.size(); ++distance)
      for (auto const row : around) {
        if (taken_ < most_.rows && distance <= row) take(row - distance);
        if (taken_ < most_.rows) take(row + distance);
      }
  }

  void take(std::size_t row) {
    if (row >= rows_.size() || rows_[row] || !take_lanes(ladder_.rows[row])) return;
    rows_[row] = true;
    ++taken_;
  }
  /// Both or none.
  bool take_lanes(trace::Row const& row) {
    if (lanes_.empty()) return true;  // a ladder of rows alone
    auto const is_new = [this](std::size_t lane) { return lanes_[lane] ? 0U : 1U; };
    if (taken_lanes_ + is_new(row.from) + (row.to == row.from ? 0U : is_new(row.to)) > most_.lanes) return false;
    take_lane(row.from);
    take_lane(row.to);
    return true;
  }
  void take_lane(std::size_t lane) {
    taken_lanes_ += lanes_[lane] ? 0U : 1U;
    lanes_[lane] = true;
  }

  [[nodiscard]] std::vector<WindowLine> lines() const {
    std::vector<WindowLine> out;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      bool const goes_on = !rows_[row] && !out.empty() && out.back().left_out > 0;
      if (rows_[row])
        out.push_back({.row = row});
      else if (goes_on)
        ++out.back().left_out;
      else
        out.push_back({.row = row, .left_out = 1});
    }
    return out;
  }

  trace::Ladder const& ladder_;
  WindowSize most_;
  std::vector<bool> rows_, lanes_;  ///< that are chosen
  std::vector<std::size_t> witnesses_;  ///< their rows
  std::size_t taken_ = 0, taken_lanes_ = 0;
};

}  // namespace

LadderWindow ladder_window(trace::Ladder const& ladder, std::span<trace::EventId const> witnesses, WindowSize most) {
  return Chooser(ladder, witnesses, most).choose();
}

LadderWindow newest_window(trace::Ladder const& ladder, WindowSize most) {
  return Chooser(ladder, {}, most).newest();
}

std::size_t left_out(std::span<WindowLine const> lines) {
  return std::transform_reduce(lines.begin(), lines.end(), std::size_t{0}, std::plus(), [](auto const& line) { return line.left_out; });
}

}  // namespace tollgate::reports
