#include "sim/sim_clock.hpp"

namespace tollgate {

bool SimClock::run_until(std::function<bool()> const& done) {
  while (!done()) {
    if (idle()) return false;
    now_ = next_due();
    fire_next(now_);
  }
  return true;
}

}  // namespace tollgate
