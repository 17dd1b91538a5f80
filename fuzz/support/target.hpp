#pragma once
/// What every fuzz target has: libFuzzer's entry, its octets as text, and a way to say that a property does not hold.
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <string>
#include <string_view>

extern "C" {
/// One run of the property. 0; -1 keeps the input out of the corpus.
int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
/// The engine's own mutation; a program that only replays has one that changes nothing.
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
// What a target may define besides.
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed);
std::size_t LLVMFuzzerCustomCrossOver(std::uint8_t const* data1, std::size_t size1, std::uint8_t const* data2, std::size_t size2,
                                      std::uint8_t* out, std::size_t max_out_size, unsigned int seed);
}

namespace tollgate::fuzz {

[[nodiscard]] inline std::string_view text(std::uint8_t const* data, std::size_t size) {
  return {reinterpret_cast<char const*>(data), size};
}

/// Ends the process with both texts when they differ.
void require_equal(std::string_view got, std::string_view wanted, std::string_view what,
                   std::source_location where = std::source_location::current());
/// Ends the process, naming what does not hold.
void require(bool holds, std::string_view what, std::source_location where = std::source_location::current());

}  // namespace tollgate::fuzz
