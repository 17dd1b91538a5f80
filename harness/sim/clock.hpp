#pragma once
/// Time as an argument. Everything that waits asks a Clock; nothing else in the project knows what time it is.
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace tollgate {

using Duration = std::chrono::nanoseconds;
/// Nanoseconds since the clock was made; never goes back.
using Instant = std::chrono::nanoseconds;

using namespace std::chrono_literals;  // NOLINT(google-global-names-in-headers): 500ms reads as the standards write it

/// Names a pending timer. Timers of equal time fire in the order in which they were set.
struct TimerId {
  Instant when{};
  std::uint64_t order = 0;  ///< 0 names no timer
  friend auto operator<=>(TimerId const&, TimerId const&) = default;
};

/// One thread, one queue of timers. `SimClock` jumps from timer to timer; `WallClock` waits for them and for sockets.
class Clock {
 public:
  Clock() = default;
  Clock(Clock const&) = delete;
  Clock& operator=(Clock const&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual Instant now() const = 0;
  /// Fires once; a time in the past means as soon as possible.
  TimerId at(Instant when, std::function<void()> fire);
  TimerId after(Duration delay, std::function<void()> fire) { return at(now() + delay, std::move(fire)); }
  /// Runs `fire` after whatever runs now, at the same time.
  TimerId post(std::function<void()> fire) { return at(now(), std::move(fire)); }
  /// Harmless for a timer that fired or was cancelled before.
  void cancel(TimerId timer) { timers_.erase(timer); }

  /// Does `work` beside everything else, so that no socket waits for it, and then, in its turn, `then`. What `work` touches
  /// nobody else may until then; it throws nothing. In simulated time both happen at once.
  virtual void aside(std::function<void()> work, std::function<void()> then) {
    work();
    then();
  }

  /// How late the clock fired its timers since then, at worst: what the harness itself may have added to a time that it
  /// measured. Simulated time is never late.
  [[nodiscard]] virtual Duration worst_lag([[maybe_unused]] Instant since) const { return Duration::zero(); }

  /// Runs until `done` says so. False when nothing is left that could ever change that.
  virtual bool run_until(std::function<bool()> const& done) = 0;

 protected:
  /// Fires the earliest timer if it is due at `limit`; false when none is.
  bool fire_next(Instant limit);
  [[nodiscard]] bool idle() const { return timers_.empty(); }
  [[nodiscard]] Instant next_due() const { return timers_.begin()->first.when; }

 private:
  std::map<TimerId, std::function<void()>> timers_;
  std::uint64_t order_ = 0;
};

}  // namespace tollgate
