#pragma once
/// Octets as people write them where they are no text.
#include <string>
#include <string_view>

namespace tollgate {

/// Two small digits an octet, nothing between: "1aff".
[[nodiscard]] std::string hexadecimal(std::string_view octets);

}  // namespace tollgate
