#pragma once
/// CSeq and RAck: numbers that order requests and provisional responses (RFC 3261 20.16, RFC 3262 7.2).
#include <cstdint>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"

namespace tollgate::sip {

/// CSeq = "CSeq" HCOLON 1*DIGIT LWS Method   (RFC 3261 20.16; below 2**31 by 8.1.1.5)
struct CSeq {
  std::uint32_t number = 0;
  std::string_view method;
};
[[nodiscard]] Parsed<CSeq> parse_cseq(std::string_view text);
[[nodiscard]] Parsed<CSeq> cseq(Fields fields);

/// RAck = "RAck" HCOLON response-num LWS CSeq-num LWS Method (RFC 3262 7.2)
struct RAck {
  std::uint32_t response_number = 0;
  CSeq cseq;
};
[[nodiscard]] Parsed<RAck> parse_rack(std::string_view text);
[[nodiscard]] Parsed<RAck> rack(Fields fields);

}  // namespace tollgate::sip
