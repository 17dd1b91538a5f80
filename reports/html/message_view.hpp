#pragma once
/// The messages of a ladder, as what a click on an arrow shows: addresses, octets with what deviates marked, and each deviation with
/// its rule and clause. AVPs stand beside the octets that they were read from.
#include <string>

#include "trace/trace.hpp"

namespace tollgate::reports {

/// `<section class="octets" data-event="7" hidden>`
[[nodiscard]] std::string message_view(trace::Trace const& trace, trace::EventId message);

}  // namespace tollgate::reports
