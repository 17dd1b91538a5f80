#include "runner/timers.hpp"

namespace tollgate {

static void scale(Duration& duration, double factor) {
  duration = Duration(static_cast<std::int64_t>(static_cast<double>(duration.count()) * factor));
}

void scale_waits(Ixit& ixit, double factor) {
  for (auto* wait : {&ixit.live, &ixit.quiet, &ixit.quiet_long}) scale(*wait, factor);
}

void scale_timers(Ixit& ixit, double factor) {
  for (auto* timer : {&ixit.msrp_transaction, &ixit.diameter_tx, &ixit.diameter_watchdog, &ixit.sip_t1, &ixit.sip_t2, &ixit.no_answer,
                      &ixit.msrp_bind, &ixit.nonce})
    scale(*timer, factor);
}

}  // namespace tollgate
