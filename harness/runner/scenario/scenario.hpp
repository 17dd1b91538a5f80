#pragma once
/// A scenario: a straight flow as data. No conditions and no loops; what needs them is written in C++.
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "runner/case.hpp"
#include "runner/file_error.hpp"
#include "runner/scenario/steps.hpp"

namespace tollgate {

struct Step {
  step::Any what;
  int line = 0;
};

/// One playing of the steps: the placeholders of one <example> are filled in.
struct Flow {
  std::string label;  ///< "code=413"; "" when there are no examples
  std::vector<std::string> needs = {};  ///< claims of the SUT without which this one is left out
  std::vector<Step> steps;
};

struct Scenario {
  CaseInfo info;
  std::vector<std::string> bundles;
  step::Axes profile;
  std::string ambiguity;
  std::vector<std::string> needs;
  bool alone = false;
  bool heavy = false;
  std::string where;  ///< file:line:column of its element
  std::vector<Flow> flows;  ///< played side by side
};

using ScenarioError = FileError;

/// Reads one file's text. Refuses unknown elements and attributes, undefined names, fields and durations that mean nothing,
/// and a scenario that expects nothing.
[[nodiscard]] std::expected<Scenario, ScenarioError> read_scenario(std::string const& file, std::string_view text);

/// The scenario as a case that plays it.
[[nodiscard]] Case to_case(Scenario scenario);

}  // namespace tollgate
