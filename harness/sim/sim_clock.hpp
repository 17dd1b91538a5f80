#pragma once
/// Simulated time: runs whatever is ready, then jumps to the next timer. A run takes as long as its work, not its waits.
#include "sim/clock.hpp"

namespace tollgate {

class SimClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  bool run_until(std::function<bool()> const& done) override;
  /// Lets time pass, with all that falls due in it.
  void run_for(Duration time);

 private:
  Instant now_{};
};

}  // namespace tollgate
