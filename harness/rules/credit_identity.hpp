#pragma once
/// What names a CCR and its credit session: G7 (RFC 6733 8.8, RFC 8506 8.2, 8.46) and G8 (RFC 6733 3).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding credit_sessions_are_named_once(trace::Trace const& trace, Terms const& terms);
[[nodiscard]] Finding identifiers_are_unique(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
