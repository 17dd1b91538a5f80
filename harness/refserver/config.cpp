#include "refserver/config.hpp"

namespace tollgate::refserver {

void Timers::scale(double by) {
  factor *= by;
  for (auto* timer : {&sip_t1, &sip_t2, &no_answer, &msrp_transaction, &diameter_tx, &diameter_watchdog, &reconnect, &nonce, &bind})
    *timer = Duration(static_cast<std::int64_t>(static_cast<double>(timer->count()) * by));
}

}  // namespace tollgate::refserver
