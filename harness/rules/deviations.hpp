#pragma once
/// What is wrong with the octets of one message, by the strict judges of its channel.
#include <vector>

#include "codec/judgement.hpp"
#include "trace/event.hpp"

namespace tollgate::rules {

/// In order of offset. The message is judged by itself: what it says beside the messages before it is no part of this.
[[nodiscard]] std::vector<Diagnostic> deviations(trace::Event const& message);

}  // namespace tollgate::rules
