#pragma once
/// The SIP dialog of a push: G9 (RFC 3261 12.2.1.1, 15.1).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding one_bye_ends_the_dialog(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
