/// CSeq           = 1*DIGIT LWS Method          (RFC 3261 20.16, below 2**31 by 8.1.1.5)
/// Call-ID        = word [ "@" word ]           (RFC 3261 20.8)
/// Content-Length, Max-Forwards = 1*DIGIT       (RFC 3261 20.14, 20.22)
/// Expires        = delta-seconds = 1*DIGIT     (RFC 3261 20.19)
#include "codec/sip/views.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

Parsed<CSeq> parse_cseq(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 20.16";
  auto const digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0) return invalid(0, "CSeq", clause, "expected a number");
  auto const number = to_number<std::uint32_t>(text.substr(0, digits));
  if (!number || *number >= 1U << 31) return invalid(0, "CSeq", "RFC 3261 8.1.1.5", "number overflows");
  auto const at = digits + space_size(text.substr(digits));
  if (at == digits) return invalid(at, "CSeq", clause, "expected white space behind the number");
  auto const method = token_size(text.substr(at));
  if (method == 0) return invalid(at, "Method", clause, "expected a token");
  if (at + method != text.size()) return invalid(at + method, "CSeq", clause, "unexpected text behind the method");
  return CSeq{*number, text.substr(at)};
}

Parsed<CSeq> cseq(Message const& message) {
  auto const value = message.value(Name::cseq);
  if (!value) return invalid(0, "CSeq", "RFC 3261 8.1.1.5", "missing");
  return parse_cseq(*value);
}

Parsed<std::string_view> call_id(Message const& message) {
  constexpr std::string_view clause = "RFC 3261 20.8";
  auto const value = message.value(Name::call_id);
  if (!value) return invalid(0, "Call-ID", clause, "missing");
  std::size_t word_at = 0;
  for (std::size_t i = 0; i <= value->size(); ++i) {
    bool const is_at = i < value->size() && (*value)[i] == '@' && word_at == 0;
    if (i < value->size() && !is_at && !is_word((*value)[i])) return invalid(i, "word", clause, "unexpected character");
    if (i < value->size() && !is_at) continue;
    if (i == word_at) return invalid(i, "word", clause, "empty");
    word_at = i + 1;
  }
  return *value;
}

/// The first field of that name as 1*DIGIT.
template <class N>
static Parsed<N> number(Message const& message, Name name, std::string_view clause,
                        N most = std::numeric_limits<N>::max()) {
  auto const value = message.value(name);
  if (!value) return invalid(0, canonical(name), clause, "missing");
  if (auto const bad = value->find_first_not_of("0123456789"); bad != std::string_view::npos)
    return invalid(bad, canonical(name), clause, "not a digit");
  if (value->empty()) return invalid(0, canonical(name), clause, "empty");
  auto const read = to_number<N>(*value);
  if (!read || *read > most) return invalid(0, canonical(name), clause, "number overflows");
  return *read;
}

Parsed<std::size_t> content_length(Message const& message) {
  return number<std::size_t>(message, Name::content_length, "RFC 3261 20.14");
}

Parsed<std::uint32_t> expires(Message const& message) {
  return number<std::uint32_t>(message, Name::expires, "RFC 3261 20.19");
}

Parsed<std::uint32_t> max_forwards(Message const& message) {
  return number<std::uint32_t>(message, Name::max_forwards, "RFC 3261 20.22", 255);
}

}  // namespace tollgate::sip
