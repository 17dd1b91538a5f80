#pragma once
/// The ladder of a trace as plain text: fixed width, at most 100 columns while four parties take part.
#include <span>
#include <string>

#include "trace/trace.hpp"

namespace tollgate::reports {

/// Rows of witnesses begin with '*'. ASCII alone, but for what the messages themselves are called.
[[nodiscard]] std::string ladder_text(trace::Trace const& trace, std::span<trace::EventId const> witnesses = {});

}  // namespace tollgate::reports
