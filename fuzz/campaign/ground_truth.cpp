#include "fuzz/campaign/ground_truth.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "refserver/defects/catalogue.hpp"

namespace tollgate::fuzz {

namespace defects = refserver::defects;

std::vector<std::string> with_planted(std::vector<std::string> const& faults) {
  std::vector<std::string> out;
  for (auto const& fault : faults) {
    if (fault != defects::section) {
      out.push_back(fault);
      continue;
    }
    for (auto const& row : defects::catalogue()) out.emplace_back(row.id());
  }
  return out;
}

/// By the function that a report names; of a wrong charge, which has none, by what a server admits of which a monitor saw it.
static bool shows(Found const& one, defects::DefectRow const& row) {
  auto const& bucket = one.problem.bucket;
  if (row.kind == defects::Kind::double_debit)
    return one.problem.kind == "overcharge" && one.output.contains(fmt::format("{} {}\n", defects::admission, row.function));
  return bucket.ends_with(row.function) || bucket.contains(fmt::format("{} <", row.function));
}

static Found const* finding_of(defects::DefectRow const& row, std::span<Found const> found) {
  auto const first = std::ranges::find_if(found, [&](Found const& one) { return shows(one, row); });
  return first == found.end() ? nullptr : &*first;
}

/// "17.3 s  7 messages, 7 at least"
static std::string text(Found const* found, defects::DefectRow const& row) {
  if (found == nullptr) return "not found";
  return fmt::format("{:>6.1f} s  {} messages, {} at least", std::chrono::duration<double>(found->after).count(), found->messages,
                     row.shortest);
}

std::string ground_truth(std::vector<std::string> const& faults, std::span<Found const> found) {
  std::string lines;
  unsigned planted = 0, seen = 0, is_short = 0;
  for (auto const& fault : faults) {
    auto const defect = defects::find_defect(fault);
    if (!defect) continue;
    auto const& row = defects::row(*defect);
    ++planted;
    auto const* const one = finding_of(row, found);
    seen += one == nullptr ? 0 : 1;
    lines += fmt::format("  {:<44} {:<9} {:<14} {:<9} {}\n", row.name, row.protocol, text(row.depth), text(row.reach), text(one, row));
    is_short += one != nullptr && one->messages <= std::size_t{2} * row.shortest ? 1 : 0;
  }
  if (planted == 0) return "";
  return fmt::format(
      "planted defects named by a finding: {} of {}; minimised sequences at most twice as long as the shortest possible: {} of {}\n{}",
      seen, planted, is_short, seen, lines);
}

}  // namespace tollgate::fuzz
