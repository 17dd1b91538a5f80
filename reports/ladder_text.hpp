#pragma once
/// The ladder of a trace as plain text: 100 columns. Where more than four parties take part, those of one role share a lifeline,
/// and each row names its own.
#include <span>
#include <string>

#include "trace/trace.hpp"

namespace tollgate::reports {

/// Rows of witnesses begin with '*'; the last line says what marks mean. ASCII alone, but for what the messages themselves are called.
[[nodiscard]] std::string ladder_text(trace::Trace const& trace, std::span<trace::EventId const> witnesses = {});

}  // namespace tollgate::reports
