#pragma once
/// Header fields of free text, and comments: Subject, Organization (RFC 3261 20.36, 20.25, 25.1 TEXT-UTF8-TRIM).
#include <cstddef>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// [ TEXT-UTF8-TRIM ] = *( TEXT-UTF8char / LWS ): the whole text, which may be empty.
[[nodiscard]] Parsed<std::string_view> parse_text(std::string_view text);
/// header-value = *( TEXT-UTF8char / UTF8-CONT / LWS ): what every unknown header field must be, and the only one that
/// holds continuation octets of UTF-8 alone.
[[nodiscard]] Parsed<std::string_view> parse_extension_value(std::string_view text);
/// Holds a value that was read to what its quoted-strings and comments may hold: qdtext, ctext, quoted-pair = "\" up to
/// %x7F. Refuses control characters that are not escaped and octets that are no UTF8-NONASCII.
[[nodiscard]] Parsed<std::string_view> parse_quoted_text(std::string_view text);
/// Reason-Phrase = *( reserved / unreserved / escaped / UTF8-NONASCII / UTF8-CONT / SP / HTAB ); refuses only what is
/// ASCII, for the rest is `parse_extension_value`'s.
[[nodiscard]] Parsed<std::string_view> parse_reason_phrase(std::string_view text);
[[nodiscard]] Parsed<std::string_view> subject(Fields fields);
[[nodiscard]] Parsed<std::string_view> organization(Fields fields);

/// Octets of the comment of `text` whose "(" stands at `at`; 0 when it does not end.
///   comment = LPAREN *( ctext / quoted-pair / comment ) RPAREN
[[nodiscard]] std::size_t comment_size(std::string_view text, std::size_t at);

}  // namespace tollgate::sip
