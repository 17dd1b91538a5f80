#pragma once
/// What the harness's own lateness may have done to a verdict that a time has part in.
#include <optional>
#include <string>

#include "actors/ixit.hpp"
#include "sim/clock.hpp"
#include "trace/trace.hpp"

namespace tollgate {

/// How late the harness was in a case.
struct Lateness {
  Duration last_wait{};  ///< for the end of the last wait that ended with nothing
  Duration worst{};      ///< for any of its timers
};

/// What starves us starves a SUT beside us, and more than once: a twentieth of the time that it has to react is the most that says nothing
/// against what it did.
[[nodiscard]] Duration lag_borne(Ixit const& ixit);

/// Why a time that passed says nothing of the SUT, as the end of a sentence. Nothing where it says something.
[[nodiscard]] std::optional<std::string> excused_by_lag(Lateness late, trace::Trace const& trace, Ixit const& ixit);

}  // namespace tollgate
