#pragma once
/// What people read of a run, the page, JUnit and the ladders, follows from what machines read, results and traces: else a bundle could
/// show a pass where its results have a fail.
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// `run` as the files give it. Complaints, each naming its file; a file that is missing is none, the manifest speaks of it.
[[nodiscard]] std::vector<std::string> pictures_of_something_else(Files const& files, Run const& run);

}  // namespace tollgate::reports
