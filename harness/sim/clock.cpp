#include "sim/clock.hpp"

#include <algorithm>

namespace tollgate {

TimerId Clock::at(Instant when, std::function<void()> fire) {
  TimerId const timer{std::max(when, now()), ++order_};
  timers_.emplace_hint(timers_.end(), timer, std::move(fire));
  return timer;
}

bool Clock::fire_next(Instant limit) {
  if (timers_.empty() || next_due() > limit) return false;
  auto timer = timers_.extract(timers_.begin());
  timer.mapped()();
  return true;
}

}  // namespace tollgate
