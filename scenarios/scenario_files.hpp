#pragma once
/// The scenario files that are part of the program, so that it runs from anywhere (cmake/scenario_files.cmake).
#include <span>
#include <string_view>

namespace tollgate {

struct ScenarioFile {
  std::string_view path;  ///< relative to the tree: "scenarios/deferred_push/order/ord_01.xml"
  std::string_view text;
};

/// The test cases, in order of their paths.
[[nodiscard]] std::span<ScenarioFile const> scenario_files();
/// What SIPp plays, with --client sipp.
[[nodiscard]] std::span<ScenarioFile const> sipp_files();

}  // namespace tollgate
