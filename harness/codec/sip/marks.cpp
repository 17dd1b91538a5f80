#include "codec/sip/marks.hpp"

#include <cstring>

namespace tollgate::sip {

Marks::Block Marks::look(std::string_view text) {
  using Octets = char __attribute__((ext_vector_type(block_size)));
  using Bits = bool __attribute__((ext_vector_type(block_size)));
  Octets octets = 0;
  if (text.size() >= block_size)
    std::memcpy(&octets, text.data(), block_size);
  else if (!text.empty())
    std::memcpy(&octets, text.data(), text.size());
  auto const where = [&](char c) { return std::bit_cast<std::uint64_t>(__builtin_convertvector(octets == c, Bits)); };
  return {where('\n'), where(':')};
}

}  // namespace tollgate::sip
