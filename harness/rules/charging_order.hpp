#pragma once
/// The order of charging and service: G1 and G3 (CR 6.3.2.8 steps 3-5 and 8).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding invite_needs_grant(trace::Trace const& trace, Terms const& terms);
[[nodiscard]] Finding debit_needs_trigger(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
