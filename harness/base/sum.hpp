#pragma once
/// Units that a SUT or a peer names are any 64 bits (RFC 8506 8.26): their sum must not come round to a small one.
#include <cstdint>
#include <limits>

namespace tollgate {

/// At most the highest number there is.
[[nodiscard]] constexpr std::uint64_t sum_of(std::uint64_t one, std::uint64_t other) {
  std::uint64_t sum = 0;
  return __builtin_add_overflow(one, other, &sum) ? std::numeric_limits<std::uint64_t>::max() : sum;
}

}  // namespace tollgate
