#pragma once
/// What a run found beside its plan, made once more: what crosses a wire and belongs to no case, identifiers that must be unique over the
/// whole run, and readings that must hold over it.
#include <map>
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "rules/over_the_run.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// By id: "PEERS", "RUN-G7". `cases` are the traces of the plan's cases, `run` has its folder, seed and what it declares. A simulated
/// run leaves no trace of its peers: of it only the readings are looked at. Traces that cannot be read are complained of.
[[nodiscard]] std::map<std::string, CaseResult> beside_the_plan(Files const& files, Run const& run, std::vector<rules::CaseTrace> cases,
                                                                std::vector<std::string>& complaints);

}  // namespace tollgate::reports
