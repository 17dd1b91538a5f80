#pragma once
/// `results.json` and `plan.json` of the contract. Named fields keep their order and meaning; others may join them.
#include <span>
#include <string>

#include "reports/artefacts.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// One case on one line. A run rewrites its results after every verdict, so lines are made once and kept.
[[nodiscard]] std::string case_json(Run const& run, CaseResult const& result, Artefacts const& files);

/// The whole document around the lines of the cases, one each in the order of the plan, as are `files`.
[[nodiscard]] std::string results_json(Run const& run, std::span<std::string const> cases, std::span<Artefacts const> files);
[[nodiscard]] std::string results_json(Run const& run);

/// What will run: for each case what `tollgate list --json` says of it, `na` with the reason where it does not apply.
[[nodiscard]] std::string plan_json(Run const& run);

}  // namespace tollgate::reports
