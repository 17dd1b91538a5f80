#pragma once
/// What was charged against what was sent: G4, G5 and G6 (RFC 8506 5.2, 5.4, 5.7).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding units_match_messages(trace::Trace const& trace, Terms const& terms);
[[nodiscard]] Finding credit_sessions_close(trace::Trace const& trace, Terms const& terms);
[[nodiscard]] Finding one_debit_a_message(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
