#pragma once
/// That no stored message is lost or comes twice: G13 (CR 6.3.2.8; test purposes, section 4).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding stored_messages_are_conserved(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
