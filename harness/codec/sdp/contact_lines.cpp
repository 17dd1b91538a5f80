#include "codec/sdp/contact_lines.hpp"

#include "codec/sdp/characters.hpp"

namespace tollgate::sdp {

namespace {

constexpr CharSet hexdig_set = digit_set | "abcdefABCDEF";
constexpr CharSet uri_set = alphanum_set | "-._~:/?#[]@!$&'()*+,;=";
/// atext of RFC 5322 3.2.3 and the dots between
constexpr CharSet dot_atom_set = alphanum_set | "!#$%&'*+-/=?^_`{|}~.";
constexpr CharSet email_safe_set = CharSet::range('\x01', '\xff') - "\r\n()<>";
constexpr CharSet phone_set = digit_set | " -";

bool is_made_of(std::string_view text, CharSet const& set) {
  return !text.empty() && set.run(text) == text.size();
}

bool is_dot_atom(std::string_view text) {
  return is_made_of(text, dot_atom_set) && !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
}

/// addr-spec = local-part "@" domain (RFC 5322 3.4.1), without comments and folding
bool is_addr_spec(std::string_view text) {
  auto const at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  auto const local = text.substr(0, at), domain = text.substr(at + 1);
  bool const is_quoted = local.size() > 2 && local.starts_with('"') && local.ends_with('"');
  bool const is_literal = domain.size() > 2 && domain.starts_with('[') && domain.ends_with(']');
  return (is_quoted || is_dot_atom(local)) && (is_literal || is_dot_atom(domain));
}

bool is_phone(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return text.size() > 1 && digit_set.contains(text[0]) && is_made_of(text, phone_set);
}

/// `address` alone, with a "(comment)" behind it, or in "<>" with a name before it.
Parsed<std::string_view> parse_person(Piece line, bool (*address)(std::string_view), std::size_t spaces_least, std::string_view rule) {
  auto const& text = line.text;
  if (address(text)) return text;
  auto const spaced = [&](std::string_view& before) {
    auto const end = before.find_last_not_of(' ') + 1;
    bool const is_enough = before.size() - end >= spaces_least;
    before = before.substr(0, end);
    return is_enough;
  };
  auto const open = text.find_first_of("(<");
  auto before = text.substr(0, open);
  auto const held = open == std::string_view::npos ? std::string_view() : text.substr(open + 1, text.size() - open - 2);
  bool const is_comment = text.ends_with(')') && open < text.size() && text[open] == '(';
  bool const is_named = text.ends_with('>') && open < text.size() && text[open] == '<';
  if (is_comment && spaced(before) && address(before) && is_made_of(held, email_safe_set)) return text;
  if (is_named && spaced(before) && is_made_of(before, email_safe_set) && address(held)) return text;
  return invalid(line.offset, rule, "RFC 8866 5.6", "neither alone, nor with a name or a comment");
}

}  // namespace

Parsed<std::string_view> parse_uri_line(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.5";
  auto const& [text, offset] = line;
  for (auto at = uri_set.run(text); at < text.size(); at += uri_set.run(text, at)) {
    bool const is_escape = text[at] == '%' && hexdig_set.run(text.substr(0, at + 3), at + 1) == 2;
    if (!is_escape) return invalid(offset + at, "uri", clause, "wants an escape");
    at += 3;
  }
  return text;
}

Parsed<std::string_view> parse_email(Piece line) {
  return parse_person(line, is_addr_spec, 1, "email-address");
}

Parsed<std::string_view> parse_phone(Piece line) {
  return parse_person(line, is_phone, 0, "phone-number");
}

}  // namespace tollgate::sdp
