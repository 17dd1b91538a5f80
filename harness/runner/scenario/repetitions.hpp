#pragma once
/// Whether a message was repeated when it had to be: retransmission timers (RFC 3261 17.1.1.2, 17.1.2.2).
#include <optional>
#include <span>
#include <string>

#include "sim/clock.hpp"
#include "trace/trace.hpp"

namespace tollgate {

struct Transmission {
  trace::EventId event = 0;
  Instant at{};
};

/// What is wrong with the copies of `first` until `now`, or nothing. `due`: how long after `first` each is due, in order.
/// A timer that fires late starts the next as much later, so a copy is in time by the first or by the copy before, within a
/// fifth (test purposes, RX-03) and `own_lag`: the harness may have read either so late.
[[nodiscard]] std::optional<std::string> wrong_repetition(Transmission first, std::span<Transmission const> copies,
                                                          std::span<Duration const> due, Instant now, Duration own_lag);

}  // namespace tollgate
