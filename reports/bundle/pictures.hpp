#pragma once
/// What people look at in the folder of a run: page, JUnit and ladders.
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// As a finished run leaves them, by name.
[[nodiscard]] Files pictures_of(Run const& run);
/// A complaint for each of these files that is not what this version makes of the run.
[[nodiscard]] std::vector<std::string> pictures_of_something_else(Files const& files, Run const& run);

}  // namespace tollgate::reports
