/// escaped = "%" HEXDIG HEXDIG (RFC 3261 25.1)
#include "codec/sip/escapes.hpp"

namespace tollgate::sip {

static constexpr std::string_view digits = "0123456789ABCDEF";

static char upper(char c) {
  return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_escape(std::string_view text) {
  return text.size() >= 3 && text[0] == '%' && hex_set.contains(text[1]) && hex_set.contains(text[2]);
}

std::string unescape(std::string_view text, std::string_view more) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_escape(text.substr(i))) {
      out += text[i];
      continue;
    }
    char const high = upper(text[i + 1]);
    char const low = upper(text[i + 2]);
    auto const c = static_cast<char>(digits.find(high) * 16 + digits.find(low));
    if (unreserved_set.contains(c) || more.contains(c))
      out += c;
    else
      out.append({'%', high, low});
    i += 2;
  }
  return out;
}

}  // namespace tollgate::sip
