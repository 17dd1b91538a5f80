#pragma once
/// What we have answered so far to the chunks of one message (RFC 4975 7.1, 7.2).
#include <cstddef>

#include "trace/event.hpp"

namespace tollgate::rules {

struct Chunks {
  std::size_t sent = 0;
  std::size_t accepted = 0;  ///< of them
  bool last_is_accepted = false;

  /// That chunk was answered 200.
  void accept(trace::Event const& send) {
    ++accepted;
    last_is_accepted |= send.meaning.flag == '$';
  }
  [[nodiscard]] bool all_are_accepted() const { return last_is_accepted && accepted >= sent; }
};

}  // namespace tollgate::rules
