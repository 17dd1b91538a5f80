#pragma once
/// `plan.json` held against the arguments and the catalogue that gave it, and `results.json` held against the plan.
#include <boost/json/object.hpp>

#include "reports/bundle/judge.hpp"
#include "runner/baseline.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// The results have the plan's server, profile, seed and version, and each case what the plan says of it. Where the plan was made with
/// the judge's catalogue, its cases are those that the arguments choose, with clause, purpose, strength and kind of the catalogue, and
/// the problems of the baseline are those that it has; another catalogue is noted. `run` is what both files have been read as.
void check_plan(boost::json::object const& plan, boost::json::object const& results, Run const& run, Baseline const& baseline,
                Judge const& judge, Remarks& remarks);

}  // namespace tollgate::reports
