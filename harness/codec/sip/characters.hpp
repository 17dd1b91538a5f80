#pragma once
/// Character classes of RFC 3261 25.1.
#include <string_view>

namespace tollgate::sip {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_alphanum(char c) {
  return is_digit(c) || is_alpha(c);
}
[[nodiscard]] constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
/// token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")
[[nodiscard]] constexpr bool is_token(char c) {
  return is_alphanum(c) || std::string_view("-.!%*_+`'~").contains(c);
}
/// word adds separators that may stand in a Call-ID
[[nodiscard]] constexpr bool is_word(char c) {
  return is_token(c) || std::string_view("()<>:\\\"/[]?{}").contains(c);
}

/// Octets of a token at the start of `text`.
[[nodiscard]] constexpr std::size_t token_size(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_token(text[n])) ++n;
  return n;
}
/// Octets of linear white space at the start of `text` (folding included).
[[nodiscard]] constexpr std::size_t space_size(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_space(text[n])) ++n;
  return n;
}
/// Octets of a quoted-string at the start of `text`, which begins with a quote; 0 when it does not end.
[[nodiscard]] constexpr std::size_t quoted_size(std::string_view text) {
  for (std::size_t n = 1; n < text.size(); ++n) {
    if (text[n] == '\\')
      ++n;
    else if (text[n] == '"')
      return n + 1;
  }
  return 0;
}

}  // namespace tollgate::sip
