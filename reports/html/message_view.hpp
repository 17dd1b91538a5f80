#pragma once
/// The messages of a ladder, as what a click on an arrow shows: addresses, octets with what deviates marked, and each deviation with
/// its rule and clause.
#include <string>

#include "trace/trace.hpp"

namespace tollgate::reports {

/// `<section class="octets" data-event="7" hidden>` for each message up to the event `last`.
[[nodiscard]] std::string message_views(trace::Trace const& trace, trace::EventId last);

}  // namespace tollgate::reports
