#pragma once
/// Answers of ours that a case has broken: whether the SUT takes one is its own choice, so nothing follows from it.
#include "trace/trace.hpp"

namespace tollgate::rules {

/// The SUT may drop that answer of ours: it breaks its grammar, or does not say of which request it is the answer (RFC 3261
/// 8.2.6.2, 17.1.3; RFC 4975 7.2; RFC 6733 3, RFC 8506 3.2).
[[nodiscard]] bool may_be_dropped(trace::Trace const& trace, trace::Event const& answer);

}  // namespace tollgate::rules
