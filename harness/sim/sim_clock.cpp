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

void SimClock::run_for(Duration time) {
  bool over = false;
  after(time, [&over] { over = true; });
  run_until([&over] { return over; });
}

}  // namespace tollgate
