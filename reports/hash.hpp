#pragma once
/// SHA-256 (FIPS 180-4), by OpenSSL.
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace tollgate::reports {

/// 32 octets.
[[nodiscard]] Octets sha256_octets(std::string_view octets);
/// 64 hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view octets);

}  // namespace tollgate::reports
