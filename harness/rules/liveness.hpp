#pragma once
/// That the SUT is alive and leaves nothing open: G14 (RFC 3261 8.2.7, 11.2; RFC 6733 5.5).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding sut_stays_alive(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
