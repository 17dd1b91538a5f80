#pragma once
/// The MSRP session of a push: G2 (CR 6.3.2.8 steps 6-7; RFC 4975 8.2).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding send_only_inside_the_session(trace::Trace const& trace, Terms const& terms);
[[nodiscard]] Finding transaction_ids_are_unique(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
