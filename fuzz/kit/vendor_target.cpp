// The entry of an engine into a vendor's parser. TOLLGATE_TARGET_PROTOCOL is one of tollgate_fuzz.h's numbers.
#include "fuzz/kit/tollgate_fuzz.h"
#include "fuzz/support/target.hpp"

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static int const ready = tollgate_target_init();
  tollgate::fuzz::require(ready == 0, "tollgate_target_init says that the parser is not ready");
  (void)tollgate_target_parse(data, size, TOLLGATE_TARGET_PROTOCOL);
  return 0;
}

/// One of four times the engine's own mutation.
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed) {
  auto const mutated = seed % 4 == 0 ? 0 : tollgate_mutate(data, size, max_size, seed, TOLLGATE_TARGET_PROTOCOL);
  return mutated != 0 ? mutated : LLVMFuzzerMutate(data, size, max_size);
}
