#include "codec/sip/text_value.hpp"

#include <algorithm>
#include <array>

#include "codec/sip/characters.hpp"
#include "codec/sip/escapes.hpp"

namespace tollgate::sip {

static constexpr std::string_view grammar = "RFC 3261 25.1";
/// TEXT-UTF8char of one octet and LWS; CR and LF only where lines are folded, and those were joined by Layout
static constexpr CharSet text_set = CharSet::range(' ', '~') | "\t\r\n";
static constexpr CharSet no_escape_set = text_set - "\\";
static constexpr CharSet quoted_pair_set = CharSet::range('\0', '\x7f') - "\r\n";
static constexpr CharSet continuation_set = CharSet::range('\x80', '\xbf');
static constexpr CharSet reason_set = unreserved_set | ";/?:@&=+$, \t%" | CharSet::range('\x80', '\xff');

/// Octets of the UTF8-NONASCII of `text` at `at`: UTF8-CONTs behind an octet that says how many; 0 for none.
static std::size_t nonascii_size(std::string_view text, std::size_t at) {
  constexpr std::array<unsigned char, 6> leads{0xc0, 0xe0, 0xf0, 0xf8, 0xfc, 0xfe};
  auto const lead = static_cast<unsigned char>(text[at]);
  auto const size = static_cast<std::size_t>(std::ranges::upper_bound(leads, lead) - leads.begin()) + 1;
  bool const is_lead = size > 1 && size <= leads.size();
  return is_lead && continuation_set.run(text.substr(0, at + size), at + 1) + 1 == size ? size : 0;
}

/// Why the octet at `at` of a text is none of it.
static std::unexpected<ParseError> bad_octet(std::string_view text, std::size_t at, std::string_view rule) {
  bool const is_ascii = static_cast<unsigned char>(text[at]) < 0x80;
  return invalid(at, rule, grammar, is_ascii ? "a control character" : "no UTF-8");
}

Parsed<std::string_view> parse_text(std::string_view text) {
  for (auto at = text_set.run(text); at < text.size(); at += text_set.run(text, at)) {
    auto const size = nonascii_size(text, at);
    if (size == 0) return bad_octet(text, at, "TEXT-UTF8char");
    at += size;
  }
  return text;
}

Parsed<std::string_view> parse_extension_value(std::string_view text) {
  for (auto at = text_set.run(text); at < text.size(); at += text_set.run(text, at)) {
    auto const size = std::max(nonascii_size(text, at), continuation_set.run(text, at));
    if (size == 0) return bad_octet(text, at, "TEXT-UTF8char");
    at += size;
  }
  return text;
}

Parsed<std::string_view> parse_quoted_text(std::string_view text) {
  for (auto at = no_escape_set.run(text); at < text.size(); at += no_escape_set.run(text, at)) {
    bool const is_escape = text[at] == '\\' && at + 1 < text.size();
    if (is_escape && !quoted_pair_set.contains(text[at + 1])) return invalid(at + 1, "quoted-pair", grammar, "takes no such octet");
    auto const size = is_escape ? 2 : text[at] == '\\' ? 1 : nonascii_size(text, at);
    if (size == 0) return bad_octet(text, at, text.substr(0, at).contains('"') ? "qdtext" : "ctext");
    at += size;
  }
  return text;
}

Parsed<std::string_view> parse_reason_phrase(std::string_view text) {
  if (auto const at = reason_set.run(text); at < text.size()) return invalid(at, "Reason-Phrase", grammar, "wants an escape");
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (!is_escape(text.substr(at))) return invalid(at, "escaped", grammar, "expected two hexadecimal digits");
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
