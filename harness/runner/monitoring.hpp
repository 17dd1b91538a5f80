#pragma once
/// The monitors over one trace, with what the harness's own lag may have done to its times.
#include <vector>

#include "rules/rule.hpp"
#include "sim/clock.hpp"

namespace tollgate {

/// Every monitor. A failure that would not be one if our times were off by `lag` becomes inconclusive, "own lag".
[[nodiscard]] std::vector<Finding> monitored(trace::Trace const& trace, rules::Terms const& terms, Duration lag);

}  // namespace tollgate
