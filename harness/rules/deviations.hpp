#pragma once
/// What is wrong with the octets of one message, by the strict judges of its channel.
#include <vector>

#include "codec/judgement.hpp"
#include "trace/event.hpp"

namespace tollgate::rules {

/// Whether it is to be accepted, and what answer is due. The message is judged by itself: what it says beside the messages before it is
/// no part of this.
[[nodiscard]] Judgement judgement(trace::Event const& message);
/// Of that judgement, in order of offset.
[[nodiscard]] std::vector<Diagnostic> deviations(trace::Event const& message);

}  // namespace tollgate::rules
