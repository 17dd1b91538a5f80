#pragma once
/// Header fields of free text, and comments: Subject, Organization (RFC 3261 20.36, 20.25, 25.1 TEXT-UTF8-TRIM).
#include <cstddef>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// header-value = *( TEXT-UTF8char / UTF8-CONT / LWS ): the whole text, which may be empty. Also what every unknown
/// header field must be.
[[nodiscard]] Parsed<std::string_view> parse_text(std::string_view text);
[[nodiscard]] Parsed<std::string_view> subject(Fields fields);
[[nodiscard]] Parsed<std::string_view> organization(Fields fields);

/// Octets of the comment of `text` whose "(" stands at `at`; 0 when it does not end.
///   comment = LPAREN *( ctext / quoted-pair / comment ) RPAREN
[[nodiscard]] std::size_t comment_size(std::string_view text, std::size_t at);

}  // namespace tollgate::sip
