#pragma once
/// The mutations as a fuzzing engine calls them: on a buffer, from a seed.
#include <cstddef>
#include <cstdint>

#include "fuzz/mutate/mutate.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace tollgate::fuzz {

/// Three of four times a named mutation, else the engine's own. What would not fit into `max_size` is the engine's too.
/// Returns the new size.
[[nodiscard]] std::size_t mutate_in_place(Protocol protocol, std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed);

/// Writes the crossed message to `out` and returns its size.
[[nodiscard]] std::size_t cross_over_into(Protocol protocol, std::string_view first, std::string_view second, std::uint8_t* out,
                                          std::size_t max_size, unsigned int seed);

}  // namespace tollgate::fuzz
