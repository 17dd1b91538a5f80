#pragma once
/// Work for after the current call that ends with its owner: nothing posted here runs once this is gone.
#include <functional>
#include <memory>
#include <set>

#include "sim/clock.hpp"

namespace tollgate {

class Later {
 public:
  explicit Later(Clock& clock) : clock_(clock) {}
  Later(Later const&) = delete;
  Later& operator=(Later const&) = delete;
  ~Later() {
    for (auto const& timer : pending_) clock_.cancel(timer);
  }

  /// As Clock::post. `act` may destroy this.
  void post(std::function<void()> act) {
    auto const self = std::make_shared<TimerId>();
    *self = clock_.post([this, self, act = std::move(act)] {
      pending_.erase(*self);
      act();
    });
    pending_.insert(*self);
  }

 private:
  Clock& clock_;
  std::set<TimerId> pending_;
};

}  // namespace tollgate
