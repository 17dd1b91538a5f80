#pragma once
/// Whether what the SUT sends is well-formed: G12 (the grammars of SIP, of the SDP in it, of MSRP and Diameter).
#include "rules/rule.hpp"

namespace tollgate::rules {

[[nodiscard]] Finding every_octet_parses(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
