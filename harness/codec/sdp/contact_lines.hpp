#pragma once
/// u=, e= and p=: where to ask about the session (RFC 8866 5.5, 5.6). Each is the whole value.
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sdp/layout.hpp"

namespace tollgate::sdp {

/// uri = URI-reference, of the characters of RFC 3986 2
[[nodiscard]] Parsed<std::string_view> parse_uri_line(Piece line);
/// email-address = addr-spec 1*SP "(" 1*email-safe ")" / 1*email-safe 1*SP "<" addr-spec ">" / addr-spec
[[nodiscard]] Parsed<std::string_view> parse_email(Piece line);
/// phone-number = phone *SP "(" 1*email-safe ")" / 1*email-safe "<" phone ">" / phone,
/// phone = ["+"] DIGIT 1*( SP / "-" / DIGIT )
[[nodiscard]] Parsed<std::string_view> parse_phone(Piece line);

}  // namespace tollgate::sdp
