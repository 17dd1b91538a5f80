#pragma once
/// Character classes and the two words of the MSRP grammar: ident and token (RFC 4975 9). Inline, as every octet of a
/// start line goes through them.
#include <cstddef>
#include <string_view>

namespace tollgate::msrp {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_alphanum(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
/// ident-char = ALPHANUM / "." / "-" / "+" / "%" / "="
[[nodiscard]] constexpr bool is_ident_char(char c) {
  return is_alphanum(c) || c == '.' || c == '-' || c == '+' || c == '%' || c == '=';
}
/// HTAB, SP and what is visible, in UTF-8 (utf8text).
[[nodiscard]] constexpr bool is_text_char(char c) {
  auto const octet = static_cast<unsigned char>(c);
  return c == '\t' || (octet >= 0x20 && octet != 0x7f);
}
[[nodiscard]] bool is_token_char(char c);

/// ident = ALPHANUM 3*31ident-char: transaction ids and Message-IDs.
[[nodiscard]] bool is_ident(std::string_view text);
/// token = 1*token-char, compared case-insensitively.
[[nodiscard]] bool is_token(std::string_view text);

/// Where the run of characters of one class ends that starts at `from`.
template <class Class>
[[nodiscard]] constexpr std::size_t run_end(std::string_view text, std::size_t from, Class is_member) {
  while (from < text.size() && is_member(text[from])) ++from;
  return from;
}

}  // namespace tollgate::msrp
