#include "reports/compare.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "reports/account.hpp"

namespace tollgate::reports {

namespace {

bool is_good(Verdict verdict) {
  return verdict == Verdict::pass || verdict == Verdict::known;
}

/// An id, and how often it stood before it in the same run.
using Key = std::pair<std::string, std::size_t>;

}  // namespace

Change change_of(CaseResult const* before, CaseResult const* now) {
  if (before == nullptr || now == nullptr) return before == now ? Change::none : now != nullptr ? Change::is_new : Change::is_gone;
  if (before->verdict == now->verdict) return Change::none;
  if (is_good(before->verdict) && now->verdict == Verdict::fail) return Change::broke;
  if (before->verdict == Verdict::fail && is_good(now->verdict)) return Change::fixed;
  return Change::other;
}

/// The command that runs a case again has what the run was told.
static bool has_fault(Run const& run) {
  return std::ranges::any_of(run.cases, [](CaseResult const& result) { return result.again.contains(" --fault "); });
}

std::optional<std::size_t> base_of(std::span<Run const> runs) {
  if (std::ranges::none_of(runs, has_fault)) return std::nullopt;
  auto const good = std::ranges::find_if_not(runs, has_fault);
  return good == runs.end() ? 0 : static_cast<std::size_t>(good - runs.begin());
}

std::vector<ComparedCase> compare(std::span<Run const> runs) {
  std::map<Key, ComparedCase> cases;
  std::vector<Key> order;
  for (std::size_t column = runs.size(); column-- > 0;) {  // the last one first: its order is the order of all
    std::map<std::string, std::size_t> times;
    for (auto const& result : runs[column].cases) {
      Key const key{result.info.id, times[result.info.id]++};
      auto const [place, is_first] = cases.try_emplace(key, ComparedCase{&result.info, std::vector<Cell>(runs.size())});
      if (is_first) order.push_back(key);
      place->second.cells[column].result = &result;
    }
  }
  std::vector<ComparedCase> out;
  auto const base = base_of(runs);
  for (auto const& key : order) {
    auto& one = cases.at(key);
    for (std::size_t i = 0; i < one.cells.size(); ++i)
      one.cells[i].change = change_of(one.cells[compared_with(base, i)].result, one.cells[i].result);
    out.push_back(std::move(one));
  }
  return out;
}

std::string describe(Cell const& before, Cell const& now) {
  switch (now.change) {
    case Change::none: return "";
    case Change::fixed: return "fixed";
    case Change::is_new: return fmt::format("NEW: {}", word(now.result->verdict));
    case Change::is_gone: return "gone";
    case Change::broke:
    case Change::other: return fmt::format("{}->{}", to_string(before.result->verdict), word(now.result->verdict));
  }
  return "";
}

}  // namespace tollgate::reports
