#include "runner/user_pool.hpp"

#include "base/assert.hpp"

namespace tollgate {

bool UserPool::marks(unsigned number) {
  auto place = blocks_[number / block_size][number % block_size];
  bool const is_fresh = !place;
  place = true;
  return is_fresh;
}

void UserPool::spend(unsigned number) {
  if (number < 1 || number > count_ || !spent_.insert(number).second) return;
  if (marks(number)) ++taken_;
  std::erase(back_, number);
}

void UserPool::give_back(unsigned number) {
  if (!spent_.contains(number)) back_.push_back(number);
}

std::optional<unsigned> UserPool::take(unsigned wish) {
  TOLLGATE_ASSERT(wish >= 1 && wish <= count_);
  if (taken_ < count_) {
    while (!marks(wish)) wish = wish % count_ + 1;
    ++taken_;
    return wish;
  }
  if (back_.empty()) return std::nullopt;
  auto const number = back_.front();
  back_.pop_front();
  return number;
}

}  // namespace tollgate
