/// The reference server survives any order of registrations, answers, losses and mutated octets, and at the end the
/// rules hold: nothing that a peer does buys a message that is not paid for, or is charged for twice.
#include "fuzz/disorder/disorder.hpp"
#include "fuzz/support/target.hpp"

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  tollgate::fuzz::run_in_disorder(tollgate::fuzz::text(data, size));
  return 0;
}
