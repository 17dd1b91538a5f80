#include "reports/clauses.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tollgate::reports {

static constexpr int step_count = 12;

static constexpr std::array<std::string_view, step_count> steps{"REGISTER: the client becomes reachable",
                                                                "200 to the REGISTER",
                                                                "reserve units, triggered by the REGISTER",
                                                                "the result of the reservation",
                                                                "INVITE",
                                                                "200 to the INVITE",
                                                                "one or more MSRP SEND",
                                                                "debit units at an MSRP 200, an MSRP 4xx or the time limit",
                                                                "the result of the debit",
                                                                "one or more MSRP 200",
                                                                "BYE",
                                                                "200 to the BYE"};

/// "8 bullet 1" is 8; "10-11" is both.
static void add_range(std::string_view text, std::vector<int>& out) {
  auto const number = [](std::string_view digits) {
    auto const end = digits.find_first_not_of("0123456789");
    return static_cast<int>(to_number<std::uint8_t>(digits.substr(0, end)).value_or(0));
  };
  text = trim(text);
  auto const dash = text.find('-');
  int const first = number(text);
  int const last = dash == std::string_view::npos ? first : number(trim(text.substr(dash + 1)));
  for (int step = std::max(first, 1); step <= std::min(last, step_count); ++step) out.push_back(step);
}

std::vector<int> steps_of(std::string_view clause) {
  constexpr std::string_view section = "6.3.2.8 (";
  std::vector<int> out;
  auto const at = clause.find(section);
  if (at == std::string_view::npos) return out;
  auto const list = clause.substr(at + section.size());
  for (auto const item : split(list.substr(0, list.find(')')), ',')) add_range(item, out);
  return out;
}

std::array<ClauseRow, 12> clause_table(Run const& run) {
  std::array<ClauseRow, step_count> rows;
  for (int step = 1; step <= step_count; ++step)
    rows.at(static_cast<std::size_t>(step) - 1) = {.step = step, .says = steps.at(static_cast<std::size_t>(step) - 1)};
  for (std::size_t i = 0; i < run.cases.size(); ++i)
    for (int const step : steps_of(run.cases[i].info.clause)) {
      auto& row = rows.at(static_cast<std::size_t>(step) - 1);
      row.cases.push_back(i);
      auto const verdict = run.cases[i].verdict;
      if (verdict != Verdict::na) row.verdict = worse(row.verdict, verdict == Verdict::known ? Verdict::fail : verdict);
    }
  return rows;
}

}  // namespace tollgate::reports
