#pragma once
/// What a server says back to us: octets that it breaks because we had broken them.
#include "rules/finding.hpp"
#include "trace/trace.hpp"

namespace tollgate::fuzz {

/// Each MUST that the witnesses of that finding of G12 break, they break in header fields with words of ours: a copied Via, To or
/// Call-ID (RFC 3261 8.2.6.2), a binding that is listed (10.3 step 8), a path or a transaction id (RFC 4975 7.2), or
/// what ours lacks. Whatever we had sent, the start line of SIP is a server's own.
[[nodiscard]] bool only_says_back(trace::Trace const& trace, Finding const& finding);

}  // namespace tollgate::fuzz
