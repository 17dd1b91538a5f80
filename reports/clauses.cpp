#include "reports/clauses.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <map>

#include "base/text.hpp"
#include "reports/account.hpp"
#include "trace/ladder.hpp"

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

namespace {

/// What broke, in a case that failed: the finding that decided, and the others.
std::vector<Finding const*> broken(CaseResult const& result) {
  if (result.verdict != Verdict::fail && result.verdict != Verdict::known) return {};
  auto out = also_failed(result);
  if (auto const* finding = decisive(result)) out.insert(out.begin(), finding);
  return out;
}

/// The step of the last witness, where the clause names it; else all that it names.
std::vector<int> broken_steps(CaseResult const& result, Finding const& finding) {
  auto steps = steps_of(finding.clause);
  if (finding.witnesses.empty() || finding.witnesses.back() > result.trace.events().size()) return steps;
  int const step = trace::step_of(result.trace, result.trace.at(finding.witnesses.back()));
  return std::ranges::count(steps, step) > 0 ? std::vector{step} : steps;
}

/// The steps that the case's verdict is about.
std::vector<int> judged_steps(CaseResult const& result) {
  auto const findings = broken(result);
  if (findings.empty()) return steps_of(result.info.clause);
  std::vector<int> out;
  for (auto const* finding : findings) std::ranges::copy(broken_steps(result, *finding), std::back_inserter(out));
  return out;
}

/// "CR 6.3.2.8 (5); RFC 4975 7.1; RFC 3261 8" has two.
std::vector<std::string> stepless(std::string_view clause) {
  std::vector<std::string> out;
  for (auto const part : split(clause, ';'))
    if (auto const one = trim(part); !one.empty() && steps_of(one).empty()) out.emplace_back(one);
  return out;
}

std::vector<std::string> judged_clauses(CaseResult const& result) {
  auto const findings = broken(result);
  if (findings.empty()) return stepless(result.info.clause);
  std::vector<std::string> out;
  for (auto const* finding : findings) std::ranges::move(stepless(finding->clause), std::back_inserter(out));
  return out;
}

bool speaks(CaseResult const& result, Stage stage) {
  return result.finished || stage == Stage::over;
}

void add(ClauseRow& row, std::size_t place, CaseResult const& result, bool is_judged) {
  if (row.cases.empty() || row.cases.back() != place) row.cases.push_back(place);
  if (!is_judged || result.verdict == Verdict::na) return;
  auto const verdict = result.verdict == Verdict::known ? Verdict::fail : result.verdict;
  auto const worst = worse(row.verdict, verdict);
  if (worst != row.verdict) row.decided_by.clear();
  if (worst == verdict && (row.decided_by.empty() || row.decided_by.back() != place)) row.decided_by.push_back(place);
  row.verdict = worst;
}

/// Numbers by what they are worth, so that 8 stands before 10.
bool stands_before(std::string_view a, std::string_view b) {
  constexpr std::string_view digits = "0123456789";
  while (!a.empty() && !b.empty()) {
    auto const a_number = a.substr(0, a.find_first_not_of(digits)), b_number = b.substr(0, b.find_first_not_of(digits));
    bool const are_numbers = !a_number.empty() && !b_number.empty();
    if (are_numbers && a_number != b_number)
      return a_number.size() != b_number.size() ? a_number.size() < b_number.size() : a_number < b_number;
    if (!are_numbers && a.front() != b.front()) return a.front() < b.front();
    a.remove_prefix(are_numbers ? a_number.size() : 1);
    b.remove_prefix(are_numbers ? b_number.size() : 1);
  }
  return a.size() < b.size();
}

}  // namespace

std::array<ClauseRow, 12> clause_table(Run const& run, Stage stage) {
  std::array<ClauseRow, step_count> rows;
  for (std::size_t i = 0; i < step_count; ++i) rows.at(i) = {.clause = fmt::format("CR 6.3.2.8 ({})", i + 1), .says = steps.at(i)};
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    auto const judged = judged_steps(run.cases[i]);
    auto named = steps_of(run.cases[i].info.clause);
    named.insert(named.end(), judged.begin(), judged.end());
    for (int const step : named)
      add(rows.at(static_cast<std::size_t>(step) - 1), i, run.cases[i],
          speaks(run.cases[i], stage) && std::ranges::count(judged, step) > 0);
  }
  return rows;
}

std::vector<ClauseRow> other_clauses(Run const& run, Stage stage) {
  std::map<std::string, ClauseRow, bool (*)(std::string_view, std::string_view)> rows(stands_before);
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    auto const judged = judged_clauses(run.cases[i]);
    auto named = stepless(run.cases[i].info.clause);
    named.insert(named.end(), judged.begin(), judged.end());
    for (auto const& clause : named) {
      auto& row = rows[clause];
      row.clause = clause;
      add(row, i, run.cases[i], speaks(run.cases[i], stage) && std::ranges::count(judged, clause) > 0);
    }
  }
  std::vector<ClauseRow> out;
  for (auto& [clause, row] : rows) out.push_back(std::move(row));
  return out;
}

}  // namespace tollgate::reports
