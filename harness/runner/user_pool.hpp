#pragma once
/// The users of a SUT, by number: fresh ones first, then those that were given back.
#include <deque>
#include <optional>

namespace tollgate {

class UserPool {
 public:
  /// Numbers 1 to `count`, from `first` on: each run begins elsewhere, so that what one leaves behind does not meet the next.
  explicit UserPool(unsigned count, unsigned first = 1) : count_(count), next_(first) {}

  /// Nothing when all are taken.
  [[nodiscard]] std::optional<unsigned> take();
  void give_back(unsigned number) { back_.push_back(number); }
  /// The suite may need more than there are: whoever has done with a user gives it back.
  [[nodiscard]] bool is_scarce() const { return count_ < plenty; }
  [[nodiscard]] unsigned count() const { return count_; }

 private:
  static constexpr unsigned plenty = 10'000;
  unsigned count_;
  unsigned next_;
  unsigned taken_ = 0;
  std::deque<unsigned> back_;
};

}  // namespace tollgate
