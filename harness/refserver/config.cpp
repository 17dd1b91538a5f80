#include "refserver/config.hpp"

namespace tollgate::refserver {

void Config::scale_clock(double factor) {
  auto const tx = timers.diameter_tx;
  timers.scale(factor);
  if (has(Fault::M181_unscaled_tx)) timers.diameter_tx = tx;
}

void Timers::scale(double factor) {
  for (auto* timer : {&sip_t1, &sip_t2, &no_answer, &msrp_transaction, &diameter_tx, &diameter_watchdog, &reconnect, &nonce, &bind})
    *timer = Duration(static_cast<std::int64_t>(static_cast<double>(timer->count()) * factor));
}

}  // namespace tollgate::refserver
