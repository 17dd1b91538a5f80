#include "runner/user_pool.hpp"

namespace tollgate {

std::optional<unsigned> UserPool::take() {
  if (taken_ < count_) {
    ++taken_;
    return 1 + (next_++ - 1) % count_;
  }
  if (back_.empty()) return std::nullopt;
  auto const number = back_.front();
  back_.pop_front();
  return number;
}

}  // namespace tollgate
