#include "codec/sip/language.hpp"

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/number.hpp"

namespace tollgate::sip {

Parsed<std::string_view> parse_language_tag(std::string_view text) {
  constexpr std::string_view clause = "RFC 3261 25.1";
  constexpr std::size_t letters_max = 8;
  for (std::size_t at = 0;;) {
    bool const is_primary = at == 0;
    auto const rule = is_primary ? std::string_view("primary-tag") : "subtag";
    auto const size = (is_primary ? alpha_set : alphanum_set).run(text, at);
    if (size == 0 || size > letters_max) return invalid(at, rule, clause, "expected one to eight letters");
    at += size;
    if (at == text.size()) return text;
    if (text[at] != '-') return invalid(at, "language-tag", clause, "unexpected character");
    ++at;
  }
}

/// accept-param = ( "q" EQUAL qvalue ) / generic-param
static Parsed<Qualified> parse_accepted(std::string_view text) {
  auto const read = parse_qualified(text);
  if (!read) return read;
  for (auto const& [name, value] : read->parameters)
    if (iequals(name, "q") && !is_qvalue(value.value_or("")))
      return invalid(offset_in(text, name), "qvalue", "RFC 3261 25.1", "expected 0 to 1 with at most three decimals");
  return read;
}

Parsed<Qualified> parse_language(std::string_view text) {
  auto const read = parse_accepted(text);
  if (!read || read->value == "*") return read;
  auto const tag = parse_language_tag(read->value);
  return tag ? read : std::unexpected(tag.error());
}

Parsed<Qualified> parse_encoding(std::string_view text) {
  return parse_accepted(text);
}

}  // namespace tollgate::sip
