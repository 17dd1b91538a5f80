#include "codec/sip/token.hpp"

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

Parsed<std::string_view> parse_token(std::string_view text) {
  auto const size = token_size(text);
  if (size < text.size()) return invalid(size, "token", "RFC 3261 25.1", "unexpected character");
  if (text.empty()) return invalid(0, "token", "RFC 3261 25.1", "empty");
  return text;
}

Parsed<std::string_view> parse_privacy(std::string_view text) {
  for (auto const value : split(text, ';'))
    if (auto const read = parse_token(trim(value)); !read)
      return invalid(static_cast<std::size_t>(value.data() - text.data()), "priv-value", "RFC 3323 4.2", read.error().detail);
  return text;
}

Parsed<std::vector<std::string_view>> tokens(Fields fields, Name name) {
  auto all =
      every(fields, name, +[](std::string_view text) -> Parsed<std::string_view> { return text.empty() ? text : parse_token(text); });
  if (all) std::erase(*all, std::string_view());
  return all;
}

bool lists(Fields fields, Name name, std::string_view token) {
  for (std::size_t nth = 0; auto const value = fields.value(name, nth); ++nth)
    for (auto const element : List(*value))
      if (iequals(element, token)) return true;
  return false;
}

Parsed<std::string_view> token(Fields fields, Name name) {
  return one(fields, name, "RFC 3261 25.1", parse_token);
}

Parsed<std::vector<std::string_view>> privacy(Fields fields) {
  auto const value = one(fields, Name::privacy, "RFC 3323 4.2", parse_privacy);
  if (!value) return std::unexpected(value.error());
  auto all = split(*value, ';');
  for (auto& part : all) part = trim(part);
  return all;
}

}  // namespace tollgate::sip
