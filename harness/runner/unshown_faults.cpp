#include "runner/unshown_faults.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <vector>

namespace tollgate {

/// Its detectors that the run has not played.
static std::vector<std::string_view> not_played(refserver::FaultRow const& row, std::span<CaseResult const> cases) {
  std::vector<std::string_view> out;
  for (auto const& detector : row.detectors) {
    auto const found = std::ranges::find(cases, detector.case_id, [](CaseResult const& result) { return result.info.id; });
    bool const was_played = found != cases.end() && found->finished && found->verdict != Verdict::na;
    if (!was_played) out.push_back(detector.case_id);
  }
  return out;
}

static std::string why(refserver::FaultRow const& row, bool was_looked_at, std::span<CaseResult const> cases) {
  auto out = fmt::format("{} ({}", row.id(), was_looked_at ? "nothing failed" : "its switch was never looked at");
  if (auto const left_out = not_played(row, cases); !left_out.empty()) out += fmt::format("; not played: {}", fmt::join(left_out, ", "));
  if (row.profile != refserver::Profile()) out += "; it shows in a server of another reading";
  if (row.clock_scale != 1) out += fmt::format("; it shows at a clock factor of {}", row.clock_scale);
  return out + ")";
}

std::string unshown_faults(std::span<refserver::Fault const> faults, std::set<refserver::Fault> const& looked_at,
                           std::span<CaseResult const> cases) {
  bool const some_failed = std::ranges::any_of(
      cases, [](CaseResult const& result) { return result.verdict == Verdict::fail || result.verdict == Verdict::known; });
  std::vector<std::string> unshown;
  std::string ids;
  for (auto const fault : faults) {
    bool const was_looked_at = looked_at.contains(fault);
    if (was_looked_at && some_failed) continue;
    auto const& row = refserver::row(fault);
    unshown.push_back(why(row, was_looked_at, cases));
    ids += fmt::format(" --fault {}", row.id());
  }
  if (unshown.empty()) return "";
  return fmt::format("no case showed {}: `tollgate matrix{}` plays what does\n", fmt::join(unshown, ", "), ids);
}

}  // namespace tollgate
