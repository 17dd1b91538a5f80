#pragma once
/// What a run found beside its plan, made once more: what crosses a wire and belongs to no case, and identifiers that must be unique
/// over the whole run.
#include <map>
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "rules/over_the_run.hpp"

namespace tollgate::reports {

/// Why, by id: "PEERS", "RUN-G7". `cases` are the traces of the plan's cases. A simulated run leaves no trace of its peers, and looks
/// for nothing beside its plan. Traces that cannot be read are complained of.
[[nodiscard]] std::map<std::string, std::string> beside_the_plan(Files const& files, std::vector<rules::CaseTrace> cases,
                                                                 std::vector<std::string>& complaints);

}  // namespace tollgate::reports
