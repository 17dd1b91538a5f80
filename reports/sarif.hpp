#pragma once
/// SARIF 2.1.0: what failed, as code scanning shows it. A result for each case that failed, is known or could not be judged, a rule
/// for each of those cases.
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

[[nodiscard]] std::string sarif(Run const& run);

}  // namespace tollgate::reports
