#pragma once
/// Character classes and the two words of the MSRP grammar: ident and token (RFC 4975 9).
#include <cstddef>
#include <string_view>

namespace tollgate::msrp {

[[nodiscard]] bool is_digit(char c);
[[nodiscard]] bool is_alphanum(char c);
[[nodiscard]] bool is_ident_char(char c);
[[nodiscard]] bool is_token_char(char c);

/// ident = ALPHANUM 3*31ident-char: transaction ids and Message-IDs.
[[nodiscard]] bool is_ident(std::string_view text);
/// token = 1*token-char, compared case-insensitively.
[[nodiscard]] bool is_token(std::string_view text);

/// Where the run of characters of one class ends that starts at `from`.
template <class Class>
[[nodiscard]] std::size_t run_end(std::string_view text, std::size_t from, Class is_member) {
  while (from < text.size() && is_member(text[from])) ++from;
  return from;
}

}  // namespace tollgate::msrp
