#include "sim/wall_clock.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace tollgate {

using Steady = std::chrono::steady_clock;
static constexpr std::size_t lags_kept = 65536;

static Instant steady_now() { return std::chrono::duration_cast<Instant>(Steady::now().time_since_epoch()); }

WallClock::WallClock() : io_(std::make_unique<boost::asio::io_context>(1)), start_(steady_now()) {}
WallClock::~WallClock() = default;

Instant WallClock::now() const { return steady_now() - start_; }

bool WallClock::run_until(std::function<bool()> const& done) {
  auto const keep_waiting = boost::asio::make_work_guard(*io_);
  constexpr Duration look_again = 100ms;  // `done` may read what a signal handler set
  while (!done()) {
    Instant const time = now();
    if (!idle() && next_due() <= time) {
      note_lag(time, time - next_due());
      fire_next(time);
      io_->poll_one();
      continue;
    }
    Instant const until = idle() ? time + look_again : std::min(next_due(), time + look_again);
    io_->run_one_until(Steady::time_point(std::chrono::duration_cast<Steady::duration>(start_ + until)));
  }
  return true;
}

void WallClock::note_lag(Instant time, Duration lag) {
  if (lags_.size() < lags_kept) lags_.push_back(lag);
  else lags_[lag_at_++ % lags_kept] = lag;
  while (!late_.empty() && late_.back().lag <= lag) late_.pop_back();
  late_.push_back({time, lag});
}

Duration WallClock::worst_lag(Instant since) const {
  auto const worst = std::ranges::find_if(late_, [since](Late const& late) { return late.at >= since; });
  return worst == late_.end() ? Duration::zero() : worst->lag;
}

Duration WallClock::lag_p99() const {
  if (lags_.empty()) return Duration::zero();
  auto sorted = lags_;
  auto const at = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 99 / 100);
  std::ranges::nth_element(sorted, at);
  return *at;
}

}  // namespace tollgate
