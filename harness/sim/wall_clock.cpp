#include "sim/wall_clock.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tollgate {

using Steady = std::chrono::steady_clock;
static constexpr std::size_t lags_kept = 65536;

static Instant steady_now() {
  return std::chrono::duration_cast<Instant>(Steady::now().time_since_epoch());
}

WallClock::WallClock() : io_(std::make_unique<boost::asio::io_context>(1)), start_(steady_now()) {}
WallClock::~WallClock() = default;

Instant WallClock::now() const {
  return steady_now() - start_;
}

bool WallClock::run_until(std::function<bool()> const& done) {
  if (io_->stopped()) io_->restart();  // it had nothing left to do when it was last waited for
  auto const keep_waiting = boost::asio::make_work_guard(*io_);
  constexpr Duration look_again = 100ms;  // `done` may read what a signal handler set
  while (!done()) {
    Instant const time = now();
    if (!idle() && next_due() <= time) {
      note_lag(time, time - next_due());
      read_what_is_there(time - next_due());
      fire_next(now());
      reads_one();
      continue;
    }
    if (reads_one()) continue;
    Instant const until = idle() ? time + look_again : std::min(next_due(), time + look_again);
    io_->run_one_until(Steady::time_point(std::chrono::duration_cast<Steady::duration>(start_ + until)));
    emptied_ = now();  // until what it waited for came there was nothing
  }
  return true;
}

void WallClock::read_what_is_there(Duration lag) {
  constexpr Duration late = 2ms;
  constexpr int at_once = 1000;  // messages; the rest has its turn behind the timer
  for (int i = 0; lag > late && i < at_once; ++i)
    if (!reads_one()) return;
}

bool WallClock::reads_one() {
  constexpr Duration worth_it = 1ms;
  Instant const time = now();
  bool const has_read = io_->poll_one() > 0;
  if (!has_read)
    emptied_ = time;
  else if (time - emptied_ > worth_it)
    note_late({time, time - emptied_});
  return has_read;
}

void WallClock::makes_room_for_descriptors() {
  constexpr int most = 16'384;
  ::rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  auto const last = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, most)) - 1;
  if (int const high = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, last); high >= 0) ::close(high);
}

void WallClock::aside(std::function<void()> work, std::function<void()> then) {
  constexpr int politeness = 10;
  if (!helper_) {
    makes_room_for_descriptors();
    helper_ = std::make_unique<boost::asio::thread_pool>(1);
  }
  boost::asio::post(*helper_, [this, work = std::move(work), then = std::move(then)]() mutable {
    if (static thread_local bool is_polite = false; !is_polite) {
      (void)!::nice(politeness);  // of this thread: the sockets come first
      is_polite = true;
    }
    work();
    boost::asio::post(*io_, std::move(then));
  });
}

void WallClock::note_lag(Instant time, Duration lag) {
  if (lags_.size() < lags_kept)
    lags_.push_back(lag);
  else
    lags_[lag_at_++ % lags_kept] = lag;
  note_late({time, lag});
}

void WallClock::note_late(Late late) {
  while (!late_.empty() && late_.back().lag <= late.lag) late_.pop_back();
  late_.push_back(late);
}

Duration WallClock::worst_lag(Instant since) const {
  Duration worst{};
  for (auto const& late : late_)
    if (late.at >= since) worst = std::max(worst, std::min(late.lag, late.at - since));
  return worst;
}

Duration WallClock::lag_p99() const {
  if (lags_.empty()) return Duration::zero();
  auto sorted = lags_;
  auto const at = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 99 / 100);
  std::ranges::nth_element(sorted, at);
  return *at;
}

}  // namespace tollgate
