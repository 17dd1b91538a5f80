#pragma once
/// Content-Language, Accept-Language, Accept-Encoding: what a body is written in, and what may be answered
/// (RFC 3261 20.13, 20.3, 20.2).
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/qualified.hpp"

namespace tollgate::sip {

/// language-tag = primary-tag *( "-" subtag ),  primary-tag = 1*8ALPHA: the whole text. RFC 3261 25.1 has no digits in a
/// subtag; we take them, for BCP 47 has them now (RFC 5646 2.1: "es-419").
[[nodiscard]] Parsed<std::string_view> parse_language_tag(std::string_view text);
/// language = ( language-tag / "*" ) *( SEMI accept-param )
[[nodiscard]] Parsed<Qualified> parse_language(std::string_view text);
/// encoding = ( content-coding / "*" ) *( SEMI accept-param )
[[nodiscard]] Parsed<Qualified> parse_encoding(std::string_view text);

}  // namespace tollgate::sip
