#include "runner/own_lag.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "actors/recorder.hpp"
#include "runner/late_answer.hpp"

namespace tollgate {

static double in_ms(Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

Duration lag_borne(Ixit const& ixit) {
  constexpr int parts = 20;
  return std::max(lag_most, ixit.live / parts);
}

std::optional<std::string> excused_by_lag(Lateness late, trace::Trace const& trace, Ixit const& ixit) {
  if (late.last_wait > lag_most)
    return fmt::format(
        "; but the harness noticed the end of that time {:.1f} ms late, and may have been as late for what "
        "came: run it again with fewer --jobs or on a calmer machine",
        in_ms(late.last_wait));
  if (late.worst > lag_borne(ixit))
    return fmt::format(
        "; but the harness itself was up to {:.0f} ms late in this case, so that the machine may not have let the SUT react in time: "
        "run it again on a calmer machine",
        in_ms(late.worst));
  if (auto const unawaited = answered_too_late(trace, ixit.diameter_tx); unawaited && late.worst > lag_most)
    return fmt::format(
        "; but the harness, up to {:.1f} ms late in this case, gave the answer #{} when the SUT need not have waited for it any more",
        in_ms(late.worst), *unawaited);
  return std::nullopt;
}

}  // namespace tollgate
