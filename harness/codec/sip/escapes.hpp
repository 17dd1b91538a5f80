#pragma once
/// Escapes in URIs: escaped = "%" HEXDIG HEXDIG (RFC 3261 25.1, RFC 2396 2.4).
#include <string>
#include <string_view>

#include "codec/sip/characters.hpp"

namespace tollgate::sip {

/// What may stand in a user besides unreserved and escaped.
inline constexpr std::string_view user_unreserved = "&=+$,;?/";

/// Whether `text` starts with "%" and two hexadecimal digits.
[[nodiscard]] bool is_escape(std::string_view text);
/// Escapes of unreserved characters and of those in `more` decoded, the others in upper case: with nothing more, equal
/// results mean equal components (RFC 3261 19.1.4).
[[nodiscard]] std::string unescape(std::string_view text, std::string_view more = {});

}  // namespace tollgate::sip
