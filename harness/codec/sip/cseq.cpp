#include "codec/sip/cseq.hpp"

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/number.hpp"

namespace tollgate::sip {

Parsed<CSeq> parse_cseq(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 20.16";
  auto const digits = digit_set.run(text);
  if (digits == 0) return invalid(0, "CSeq", clause, "expected a number");
  auto const number = to_number<std::uint32_t>(text.substr(0, digits));
  if (!number || *number >= 1U << 31) return invalid(0, "CSeq", "RFC 3261 8.1.1.5", "number overflows");
  auto const at = digits + space_size(text, digits);
  if (at == digits) return invalid(at, "CSeq", clause, "expected white space behind the number");
  auto const method = token_size(text, at);
  if (method == 0) return invalid(at, "Method", clause, "expected a token");
  if (at + method != text.size()) return invalid(at + method, "CSeq", clause, "unexpected text behind the method");
  return CSeq{*number, text.substr(at)};
}

Parsed<CSeq> cseq(Fields fields) {
  return one(fields, Name::cseq, "RFC 3261 8.1.1.5", parse_cseq);
}

Parsed<RAck> parse_rack(std::string_view text) {
  constexpr std::string_view clause = "RFC 3262 7.2";
  auto const digits = digit_set.run(text);
  if (digits == 0) return invalid(0, "RAck", clause, "expected a number");
  auto const number = parse_rseq(text.substr(0, digits));
  if (!number) return invalid(0, "response-num", clause, number.error().detail);
  auto const at = digits + space_size(text, digits);
  if (at == digits) return invalid(at, "RAck", clause, "expected white space behind the number");
  auto const cseq = parse_cseq(text.substr(at));
  if (!cseq) return shifted(cseq.error(), at);
  return RAck{*number, *cseq};
}

Parsed<RAck> rack(Fields fields) {
  return one(fields, Name::rack, "RFC 3262 7.2", parse_rack);
}

}  // namespace tollgate::sip
