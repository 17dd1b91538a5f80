#include "codec/sip/number.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

/// 1*DIGIT from `least` to `most`.
template <class N>
static Parsed<N> number(std::string_view text, std::string_view rule, std::string_view clause, N most = std::numeric_limits<N>::max(),
                        N least = 0) {
  if (text.empty()) return invalid(0, rule, clause, "empty");
  if (auto const digits = digit_set.run(text); digits < text.size()) return invalid(digits, rule, clause, "not a digit");
  auto const read = to_number<N>(text);
  if (!read || *read > most) return invalid(0, rule, clause, "number overflows");
  if (*read < least) return invalid(0, rule, clause, "too small");
  return *read;
}

Parsed<std::size_t> parse_content_length(std::string_view text) {
  return number<std::size_t>(text, "Content-Length", "RFC 3261 20.14");
}
Parsed<std::uint32_t> parse_max_forwards(std::string_view text) {
  return number<std::uint32_t>(text, "Max-Forwards", "RFC 3261 20.22", 255);
}
Parsed<std::uint32_t> parse_delta_seconds(std::string_view text) {
  return number<std::uint32_t>(text, "delta-seconds", "RFC 3261 20.19");
}
Parsed<std::uint32_t> parse_rseq(std::string_view text) {
  return number<std::uint32_t>(text, "RSeq", "RFC 3262 7.1", std::numeric_limits<std::uint32_t>::max(), 1);
}

bool is_qvalue(std::string_view text) {
  constexpr std::size_t size_max = 5;
  if (text.empty() || text.size() > size_max || (text[0] != '0' && text[0] != '1')) return false;
  if (text.size() == 1) return true;
  auto const decimals = text.substr(2);
  return text[1] == '.' && std::ranges::all_of(decimals, [&](char c) { return text[0] == '0' ? is_digit(c) : c == '0'; });
}

Parsed<std::size_t> content_length(Fields fields) {
  return one(fields, Name::content_length, "RFC 3261 20.14", parse_content_length);
}
Parsed<std::uint32_t> max_forwards(Fields fields) {
  return one(fields, Name::max_forwards, "RFC 3261 8.1.1.6", parse_max_forwards);
}
Parsed<std::uint32_t> expires(Fields fields) {
  return one(fields, Name::expires, "RFC 3261 20.19", parse_delta_seconds);
}
Parsed<std::uint32_t> min_expires(Fields fields) {
  return one(fields, Name::min_expires, "RFC 3261 20.23", parse_delta_seconds);
}
Parsed<std::uint32_t> rseq(Fields fields) {
  return one(fields, Name::rseq, "RFC 3262 7.1", parse_rseq);
}

}  // namespace tollgate::sip
