#include "runner/matrix.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"

namespace tollgate {

static bool contains(auto const& range, std::string_view word) {
  return std::ranges::find(range, word) != std::ranges::end(range);
}

/// Every reason for which a case may fail under this fault.
static std::vector<std::string_view> allowed_reasons(refserver::FaultRow const& stated) {
  std::vector<std::string_view> all(stated.reasons.begin(), stated.reasons.end());
  for (auto const& detector : stated.detectors) all.push_back(detector.reason);
  return all;
}

void judge_row(MatrixRow& row, refserver::FaultRow const* stated) {
  row.problems.clear();
  for (auto const& cell : row.cells) {
    if (cell.verdict == Verdict::pass || cell.verdict == Verdict::na) continue;
    if (cell.verdict == Verdict::error)
      row.problems.push_back(fmt::format("{}: a harness error: {}", cell.case_id, fmt::join(cell.reasons, ", ")));
    else if (stated == nullptr)
      row.problems.push_back(fmt::format("{} is {} on the faultless server: {}", cell.case_id, to_string(cell.verdict),
                                         fmt::join(cell.reasons, ", ")));
    else
      for (auto const& reason : cell.reasons)
        if (!contains(allowed_reasons(*stated), reason))
          row.problems.push_back(fmt::format("{} is {} for \"{}\", which is no stated reason", cell.case_id,
                                             to_string(cell.verdict), reason));
  }
  if (stated != nullptr)
    for (auto const& detector : stated->detectors) {
      auto const cell = std::ranges::find(row.cells, detector.case_id, &MatrixCell::case_id);
      if (cell == row.cells.end()) row.problems.push_back(fmt::format("{} did not run", detector.case_id));
      else if (cell->verdict != Verdict::fail)
        row.problems.push_back(fmt::format("{} is {}: the fault survived it", detector.case_id, to_string(cell->verdict)));
      else if (!contains(cell->reasons, detector.reason))
        row.problems.push_back(fmt::format("{} failed, but not for \"{}\"", detector.case_id, detector.reason));
    }
  row.detected = row.problems.empty();
}

MatrixRow matrix_row(std::span<Case const> suite, std::optional<refserver::Fault> fault, std::uint64_t seed) {
  auto const plan = select(suite, {});
  auto results = plan_results(plan, {});
  SimulatedOptions options;
  options.seed = seed;
  if (fault) options.faults = {*fault};
  run_simulated(plan, results, options, [](CaseResult&) {});
  MatrixRow row;
  row.fault = fault ? refserver::row(*fault).name : "none";
  for (auto const& result : results) {
    MatrixCell cell{.case_id = result.info.id, .verdict = result.verdict, .reasons = {}};
    for (auto const& finding : result.findings)
      if (finding.verdict == Verdict::fail || finding.verdict == Verdict::error) cell.reasons.push_back(finding.reason);
    if (cell.reasons.empty() && result.verdict != Verdict::pass) cell.reasons.push_back(result.reason);
    row.cells.push_back(std::move(cell));
  }
  judge_row(row, fault ? &refserver::row(*fault) : nullptr);
  return row;
}

}  // namespace tollgate
