#include "reports/ladder_sharing.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tollgate::reports {

namespace {

/// Clients of one name: `bob`, `bob/2`.
struct Family {
  std::string_view name;
  std::size_t members = 0, rows = 0;
};

std::string_view name_of(trace::Column const& column) {
  return std::string_view(column.actor).substr(0, column.actor.find('/'));
}

/// Those who say least first.
std::vector<Family> families(trace::Ladder const& ladder) {
  std::map<std::string_view, Family> by_name;
  auto const is_client = [&](std::size_t column) { return ladder.columns[column].role == trace::Role::im_client; };
  for (std::size_t i = 0; i < ladder.columns.size(); ++i)
    if (is_client(i)) ++by_name[name_of(ladder.columns[i])].members;
  for (auto const& row : ladder.rows)
    for (auto const column : std::set{row.from, row.to})
      if (is_client(column)) ++by_name[name_of(ladder.columns[column])].rows;
  std::vector<Family> out;
  for (auto& [name, family] : by_name) out.push_back({name, family.members, family.rows});
  std::ranges::sort(
      out, [](Family const& a, Family const& b) { return std::pair(a.rows * b.members, a.name) < std::pair(b.rows * a.members, b.name); });
  return out;
}

}  // namespace

trace::Ladder with_shared_lanes(trace::Ladder ladder, std::size_t most) {
  auto const all = families(ladder);
  std::map<std::string_view, std::size_t> sharing;  // and how many they are
  auto lanes = ladder.columns.size();
  for (std::size_t i = 0; i + 1 < all.size() && lanes > most; ++i) {
    if (all[i].members < 2) continue;
    sharing.emplace(all[i].name, all[i].members);
    lanes -= all[i].members - 1;
  }
  if (sharing.empty()) return ladder;

  std::vector<trace::Column> columns;
  std::vector<std::size_t> place_of;
  std::vector<bool> shares;
  std::map<std::string_view, std::size_t> places;
  for (auto const& column : ladder.columns) {
    auto const name = name_of(column);
    shares.push_back(column.role == trace::Role::im_client && sharing.contains(name));
    auto const [place, is_first] = shares.back() ? places.try_emplace(name, columns.size()) : std::pair(places.end(), true);
    place_of.push_back(is_first ? columns.size() : place->second);
    if (is_first) columns.push_back(shares.back() ? trace::Column{column.role, fmt::format("{} +{}", name, sharing.at(name) - 1)} : column);
  }
  for (auto& row : ladder.rows) {
    for (auto const column : {row.from, row.to})
      if (shares[column]) {
        row.label = fmt::format("{}: {}", ladder.columns[column].actor, row.label);
        break;
      }
    row.from = place_of[row.from], row.to = place_of[row.to];
  }
  for (auto& span : ladder.withheld) span.column = place_of[span.column];
  ladder.columns = std::move(columns);
  return ladder;
}

}  // namespace tollgate::reports
