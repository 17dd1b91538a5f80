#pragma once
/// Answers of ours that the SUT may not have waited for: the harness was held up, as no case means to be.
#include <optional>

#include "sim/clock.hpp"
#include "trace/trace.hpp"

namespace tollgate {

/// The first answer on CH-2 that went out more than `limit` after its request had come (Tx, RFC 8506 13); none where each was in time.
[[nodiscard]] std::optional<trace::EventId> answered_too_late(trace::Trace const& trace, Duration limit);

}  // namespace tollgate
