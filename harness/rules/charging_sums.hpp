#pragma once
/// What was charged against what was sent: G4 and G5 (RFC 8506 5.2, 5.4).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding units_match_messages(trace::Trace const& trace, Terms const& terms);
[[nodiscard]] Finding credit_sessions_close(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
