#pragma once
/// Typed views of the remaining header fields of the flow. Each reads on demand and may refuse.
#include <cstdint>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

/// CSeq = "CSeq" HCOLON 1*DIGIT LWS Method   (RFC 3261 20.16; below 2**31 by 8.1.1.5)
struct CSeq {
  std::uint32_t number = 0;
  std::string_view method;
};
[[nodiscard]] Parsed<CSeq> parse_cseq(std::string_view text);
[[nodiscard]] Parsed<CSeq> cseq(Message const& message);

/// Call-ID = word [ "@" word ] (RFC 3261 20.8)
[[nodiscard]] Parsed<std::string_view> call_id(Message const& message);
/// Content-Length = 1*DIGIT, octets (RFC 3261 20.14)
[[nodiscard]] Parsed<std::size_t> content_length(Message const& message);
/// Expires = delta-seconds (RFC 3261 20.19)
[[nodiscard]] Parsed<std::uint32_t> expires(Message const& message);
/// Max-Forwards = 1*DIGIT, 0 to 255 (RFC 3261 20.22)
[[nodiscard]] Parsed<std::uint32_t> max_forwards(Message const& message);

}  // namespace tollgate::sip
