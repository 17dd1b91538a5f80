/// The engine's way to crossing two messages of the protocol that a target's name begins with. A target of streams is
/// without: what is crossed is one message.
#include "fuzz/mutate/engine.hpp"
#include "fuzz/support/target.hpp"

using tollgate::fuzz::Protocol, tollgate::fuzz::text;

std::size_t LLVMFuzzerCustomCrossOver(std::uint8_t const* data1, std::size_t size1, std::uint8_t const* data2, std::size_t size2,
                                      std::uint8_t* out, std::size_t max_out_size, unsigned int seed) {
  return tollgate::fuzz::cross_over_into(Protocol::TOLLGATE_FUZZ_PROTOCOL, text(data1, size1), text(data2, size2), out, max_out_size, seed);
}
