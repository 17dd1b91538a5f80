#pragma once
/// Character classes of RFC 3261 25.1, and what is cut from a text by them.
#include <cstddef>
#include <string_view>

#include "base/char_set.hpp"

namespace tollgate::sip {

inline constexpr CharSet digit_set = CharSet::range('0', '9');
inline constexpr CharSet alpha_set = CharSet::range('a', 'z') | CharSet::range('A', 'Z');
inline constexpr CharSet alphanum_set = digit_set | alpha_set;
inline constexpr CharSet hex_set = digit_set | CharSet::range('a', 'f') | CharSet::range('A', 'F');
/// SP, HTAB and the line ends of folding
inline constexpr CharSet space_set{" \t\r\n"};
/// token = 1*(alphanum / "-" / "." / "!" / "%" / "*" / "_" / "+" / "`" / "'" / "~")
inline constexpr CharSet token_set = alphanum_set | "-.!%*_+`'~";
/// word adds separators that may stand in a Call-ID
inline constexpr CharSet word_set = token_set | "()<>:\\\"/[]?{}";
/// unreserved = alphanum / mark
inline constexpr CharSet unreserved_set = alphanum_set | "-_.!~*'()";

[[nodiscard]] constexpr bool is_digit(char c) {
  return digit_set.contains(c);
}
[[nodiscard]] constexpr bool is_alpha(char c) {
  return alpha_set.contains(c);
}
[[nodiscard]] constexpr bool is_alphanum(char c) {
  return alphanum_set.contains(c);
}
[[nodiscard]] constexpr bool is_space(char c) {
  return space_set.contains(c);
}
[[nodiscard]] constexpr bool is_token(char c) {
  return token_set.contains(c);
}

/// Octets of a token in `text` from `at` on.
[[nodiscard]] constexpr std::size_t token_size(std::string_view text, std::size_t at = 0) {
  return token_set.run(text, at);
}
/// Octets of linear white space in `text` from `at` on (folding included).
[[nodiscard]] constexpr std::size_t space_size(std::string_view text, std::size_t at = 0) {
  return space_set.run(text, at);
}
/// Octets of the quoted-string of `text` whose opening quote stands at `at`; 0 when it does not end.
[[nodiscard]] constexpr std::size_t quoted_size(std::string_view text, std::size_t at = 0) {
  for (auto n = at + 1; n < text.size(); ++n) {
    if (text[n] == '\\')
      ++n;
    else if (text[n] == '"')
      return n + 1 - at;
  }
  return 0;
}

/// Offset in `text` of a piece of it.
[[nodiscard]] constexpr std::size_t offset_in(std::string_view text, std::string_view piece) {
  return static_cast<std::size_t>(piece.data() - text.data());
}

}  // namespace tollgate::sip
