#pragma once
/// Whether what the SUT sends is well-formed: G12 (the grammars of SIP, of the SDP in it, of MSRP and Diameter).
#include "rules/rule.hpp"

namespace tollgate::rules {

/// Holds the SUT to every MUST of what it sends, also where a receiver bears the breach, and to no SHOULD. What a
/// response deviates in because our request did is not the SUT's.
[[nodiscard]] Finding every_octet_parses(trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
