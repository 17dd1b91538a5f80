#include "refserver/defects/catalogue.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "base/text.hpp"
#include "refserver/defects/rows.hpp"

namespace tollgate::refserver::defects {

std::span<DefectRow const> catalogue() {
  static std::vector<DefectRow> const all = [] {
    auto rows = rows_before_session();
    std::ranges::copy(rows_in_session(), std::back_inserter(rows));
    return rows;
  }();
  return all;
}

DefectRow const& row(Defect defect) {
  return catalogue()[static_cast<std::size_t>(defect)];
}

std::optional<Defect> find_defect(std::string_view text) {
  auto const found = std::ranges::find_if(catalogue(), [&](auto const& row) { return iequals(text, row.id()) || iequals(text, row.name); });
  return found == catalogue().end() ? std::nullopt : std::optional(found->defect);
}

std::string_view text(Kind kind) {
  static constexpr std::array<std::string_view, 13> words{
      "stack-overflow", "heap-overflow", "global-overflow", "use-after-free", "double-free", "recursion",   "integer-wrap",
      "leak",           "null",          "divide-by-zero",  "hang",           "deadlock",    "double-debit"};
  return words.at(static_cast<std::size_t>(kind));
}

std::string_view text(Depth depth) {
  static constexpr std::array<std::string_view, 6> words{"first-message", "registered", "reserved",
                                                         "in-session",    "at-debit",   "two-sessions"};
  return words.at(static_cast<std::size_t>(depth));
}

std::string_view text(Reach reach) {
  static constexpr std::array<std::string_view, 3> words{"generic", "specific", "stateful"};
  return words.at(static_cast<std::size_t>(reach));
}

}  // namespace tollgate::refserver::defects
