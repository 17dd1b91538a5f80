#include "codec/sip/text_value.hpp"

#include "base/char_set.hpp"

namespace tollgate::sip {

/// TEXT-UTF8char = %x21-7E / UTF8-NONASCII;  CR and LF only where lines are folded, and those were joined by Layout
static constexpr CharSet text_set = CharSet::range(' ', '~') | CharSet::range('\x80', '\xfd') | "\t\r\n";

Parsed<std::string_view> parse_text(std::string_view text) {
  if (auto const end = text_set.run(text); end < text.size()) return invalid(end, "TEXT-UTF8char", "RFC 3261 25.1", "a control character");
  return text;
}

Parsed<std::string_view> subject(Fields fields) {
  return one(fields, Name::subject, "RFC 3261 20.36", parse_text);
}
Parsed<std::string_view> organization(Fields fields) {
  return one(fields, Name::organization, "RFC 3261 20.25", parse_text);
}

std::size_t comment_size(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (auto i = at; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '(')
      ++depth;
    else if (text[i] == ')' && --depth == 0)
      return i + 1 - at;
  }
  return 0;
}

}  // namespace tollgate::sip
