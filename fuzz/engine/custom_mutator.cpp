/// The engine's way to the mutations of the protocol that a target's name begins with (TOLLGATE_FUZZ_PROTOCOL).
#include "fuzz/mutate/engine.hpp"
#include "fuzz/support/target.hpp"

using tollgate::fuzz::Protocol;

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed) {
  return tollgate::fuzz::mutate_in_place(Protocol::TOLLGATE_FUZZ_PROTOCOL, data, size, max_size, seed);
}
