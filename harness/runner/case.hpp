#pragma once
/// One test case: what we do and what must come back. What must never happen is the rules' to say.
#include <functional>
#include <string>
#include <vector>

#include "runner/result.hpp"
#include "sim/clock.hpp"
#include "sim/task.hpp"

namespace tollgate {

class Bed;

struct Case {
  CaseInfo info;
  std::vector<std::string> bundles;  ///< the bundles under which it applies; empty for all
  std::string where;                 ///< file:line:column of a scenario file; empty for a case in C++
  std::string ambiguity;             ///< the known unclear text and how it is decided; may be empty
  std::vector<std::string> profile = {};  ///< axis values for which it applies: see axes.hpp; empty for all
  std::vector<std::string> declared = {}; ///< axis values of which the profile must allow no other: without that nothing is judged
  std::vector<std::string> readings = {}; ///< axis values under which some of its steps count and others do not
  std::vector<std::string> needs = {};    ///< claims of the SUT that it takes: see claims.hpp
  bool alone = false;                     ///< it has the SUT, and its Diameter connection, for itself
  bool heavy = false;                     ///< it plays very many flows or messages: of the faults the matrix has it meet those it names
  Duration burst{};                       ///< for so long after its start it is a load that others would feel
  std::function<Task<void>(Bed&)> run;
};

}  // namespace tollgate
