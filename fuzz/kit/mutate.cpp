// tollgate_mutate of tollgate_fuzz.h.
#include "fuzz/mutate/mutate.hpp"

#include <algorithm>

#include "fuzz/kit/tollgate_fuzz.h"

using namespace tollgate;

std::size_t tollgate_mutate(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed, int protocol) {
  if (protocol < TOLLGATE_SIP || protocol > TOLLGATE_DIAMETER) return 0;
  Random random(seed);
  std::string_view const message(reinterpret_cast<char const*>(data), size);
  auto const mutated = fuzz::mutate(static_cast<fuzz::Protocol>(protocol), message, random);
  if (mutated == message || mutated.size() > max_size) return 0;
  std::ranges::copy(mutated, reinterpret_cast<char*>(data));
  return mutated.size();
}
