#pragma once
/// The users of a SUT, by number: fresh ones first, then those that were given back.
#include <bitset>
#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace tollgate {

class UserPool {
 public:
  /// Numbers 1 to `count`.
  explicit UserPool(unsigned count) : count_(count) {}

  /// The first fresh one from `wish` on, which says the same whoever else takes part; behind the last comes the first. Nothing
  /// when all are taken.
  [[nodiscard]] std::optional<unsigned> take(unsigned wish);
  /// The server may know something of it: nobody is given it any more.
  void spend(unsigned number);
  void give_back(unsigned number);
  /// So many can be taken now.
  [[nodiscard]] std::size_t free() const { return count_ - taken_ + back_.size(); }
  /// The suite may need more than there are: whoever has done with a user gives it back.
  [[nodiscard]] bool is_scarce() const { return count_ < plenty; }
  [[nodiscard]] unsigned count() const { return count_; }

 private:
  static constexpr unsigned plenty = 10'000, block_size = 4096;
  /// Whether it was fresh.
  bool marks(unsigned number);

  unsigned count_;
  unsigned taken_ = 0;
  std::unordered_map<unsigned, std::bitset<block_size>> blocks_;  ///< those taken: small for a case, bounded for a long campaign
  std::deque<unsigned> back_;
  std::unordered_set<unsigned> spent_;
};

}  // namespace tollgate
