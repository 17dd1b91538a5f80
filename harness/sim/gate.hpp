#pragma once
/// A gate holds back what would pass: the main tool of a causal test. Closed, it keeps every passer in order; opened, it
/// lets them go.
#include <deque>
#include <functional>
#include <utility>

#include "sim/clock.hpp"

namespace tollgate {

class Gate {
 public:
  explicit Gate(Clock& clock) : clock_(clock) {}

  [[nodiscard]] bool is_open() const { return open_; }
  void close() { open_ = false; }
  void open() {
    open_ = true;
    while (!held_.empty()) {
      clock_.post(std::move(held_.front()));
      held_.pop_front();
    }
  }
  /// Runs `act` now, or when the gate opens.
  void pass(std::function<void()> act) {
    if (open_)
      act();
    else
      held_.push_back(std::move(act));
  }
  [[nodiscard]] std::size_t held() const { return held_.size(); }

 private:
  Clock& clock_;
  bool open_ = true;
  std::deque<std::function<void()>> held_;
};

}  // namespace tollgate
