#pragma once
/// What follows a 200 to the INVITE: G10 (RFC 3261 13.2.2.4).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding every_200_is_acknowledged(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
