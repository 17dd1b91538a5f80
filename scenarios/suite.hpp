#pragma once
/// The suite: every case of the catalogue that is built, in the catalogue's order.
#include <expected>
#include <string>
#include <vector>

#include "runner/case.hpp"
#include "runner/scenario/scenario.hpp"

namespace tollgate {

/// The cases that are part of the program.
[[nodiscard]] std::vector<Case> built_in_suite();

/// Every *.xml below a directory, in order of file names. The first file that does not load is the error.
[[nodiscard]] std::expected<std::vector<Case>, ScenarioError> load_scenarios(std::string const& directory);

}  // namespace tollgate
