#pragma once
/// Header fields whose value is a number, and the small grammars of numbers (RFC 3261 25.1 delta-seconds, qvalue).
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// Content-Length = 1*DIGIT, octets (RFC 3261 20.14)
[[nodiscard]] Parsed<std::size_t> parse_content_length(std::string_view text);
/// Max-Forwards = 1*DIGIT, 0 to 255 (RFC 3261 20.22)
[[nodiscard]] Parsed<std::uint32_t> parse_max_forwards(std::string_view text);
/// delta-seconds = 1*DIGIT, below 2**32 (RFC 3261 20.19)
[[nodiscard]] Parsed<std::uint32_t> parse_delta_seconds(std::string_view text);
/// response-num = 1*DIGIT, 1 to 2**32 - 1 (RFC 3262 7.1); only the first of a transaction is below 2**31 (RFC 3262 3)
[[nodiscard]] Parsed<std::uint32_t> parse_rseq(std::string_view text);
/// qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
[[nodiscard]] bool is_qvalue(std::string_view text);

[[nodiscard]] Parsed<std::size_t> content_length(Fields fields);
[[nodiscard]] Parsed<std::uint32_t> max_forwards(Fields fields);
[[nodiscard]] Parsed<std::uint32_t> expires(Fields fields);      ///< seconds
[[nodiscard]] Parsed<std::uint32_t> min_expires(Fields fields);  ///< seconds
[[nodiscard]] Parsed<std::uint32_t> rseq(Fields fields);

}  // namespace tollgate::sip
