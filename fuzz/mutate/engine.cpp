#include "fuzz/mutate/engine.hpp"

#include <algorithm>

namespace tollgate::fuzz {

static std::size_t store(std::string_view octets, std::uint8_t* out) {
  std::ranges::copy(octets, reinterpret_cast<char*>(out));
  return octets.size();
}

std::size_t mutate_in_place(Protocol protocol, std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed) {
  Random random(seed);
  if (random.below(4) == 0) return LLVMFuzzerMutate(data, size, max_size);
  std::string_view const message(reinterpret_cast<char const*>(data), size);
  auto const mutated = mutate(protocol, message, random);
  if (mutated == message || mutated.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  return store(mutated, data);
}

std::size_t cross_over_into(Protocol protocol, std::string_view first, std::string_view second, std::uint8_t* out, std::size_t max_size,
                            unsigned int seed) {
  Random random(seed);
  auto const crossed = cross_over(protocol, first, second, random);
  return store(std::string_view(crossed).substr(0, max_size), out);
}

}  // namespace tollgate::fuzz
