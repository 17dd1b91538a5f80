#pragma once
/// Numbers in network byte order (RFC 6733 3, 4.1), as every Diameter field has them.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.hpp"

namespace tollgate::diameter {

/// The first `octets` octets of `text` as an unsigned number; the caller has checked that they are there.
[[nodiscard]] constexpr std::uint64_t read_number(std::string_view text, std::size_t octets) {
  std::uint64_t number = 0;
  for (char const c : text.substr(0, octets)) number = (number << 8U) | static_cast<unsigned char>(c);
  return number;
}

/// The octet at `at`, moved `bits` up. Compilers make one load and a swap of four such.
[[nodiscard]] constexpr std::uint32_t octet_at(std::string_view text, std::size_t at, unsigned bits) {
  return std::uint32_t{static_cast<unsigned char>(text.data()[at])} << bits;
}
[[nodiscard]] constexpr std::uint32_t read_u24(std::string_view text) {
  return octet_at(text, 0, 16) | octet_at(text, 1, 8) | octet_at(text, 2, 0);
}
[[nodiscard]] constexpr std::uint32_t read_u32(std::string_view text) {
  return octet_at(text, 0, 24) | octet_at(text, 1, 16) | octet_at(text, 2, 8) | octet_at(text, 3, 0);
}

/// Appends the low `octets` octets of `number`.
constexpr void append_number(Octets& to, std::uint64_t number, std::size_t octets) {
  for (std::size_t left = octets; left > 0; --left) to.push_back(static_cast<char>(number >> (8U * (left - 1))));
}

}  // namespace tollgate::diameter
