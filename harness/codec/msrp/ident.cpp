/// ident = ALPHANUM 3*31ident-char
/// token = 1*( %x21 / %x23-27 / %x2A-2B / %x2D-2E / %x30-39 / %x41-5A / %x5E-7E )   (RFC 4975 9)
#include "codec/msrp/ident.hpp"

#include <algorithm>

namespace tollgate::msrp {

bool is_token_char(char c) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`{|}~";
  return is_alphanum(c) || marks.find(c) != std::string_view::npos;
}

bool is_ident(std::string_view text) {
  return text.size() >= 4 && text.size() <= 32 && is_alphanum(text.front()) && std::ranges::all_of(text, is_ident_char);
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

}  // namespace tollgate::msrp
