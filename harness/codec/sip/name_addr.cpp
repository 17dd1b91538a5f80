/// ( name-addr / addr-spec ) *( SEMI params )   (RFC 3261 20.10, 25.1)
///   name-addr    = [ display-name ] LAQUOT addr-spec RAQUOT
///   display-name = *( token LWS ) / quoted-string; LWS before "<" may be missing, as RFC 4475 3.1.1.6 wants it read
#include "codec/sip/name_addr.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 20.10";

std::string_view NameAddr::tag() const {
  return parameters.find("tag").value_or(std::string_view());
}

/// `address` with the URI at `uri_at` checked and the parameters that start at `parameters_at` of `text`.
static Parsed<NameAddr> completed(NameAddr address, std::string_view text, std::size_t uri_at,
                                  std::size_t parameters_at) {
  if (auto const uri = parse_uri(address.uri); !uri) return shifted(uri.error(), uri_at);
  auto parameters = parse_parameters(text.substr(parameters_at));
  if (!parameters) return shifted(parameters.error(), parameters_at);
  address.parameters = std::move(*parameters);
  return address;
}

/// Octets of tokens and white space at `at`, or of one quoted-string.
static Parsed<std::size_t> display_name_size(std::string_view text) {
  if (text.starts_with('"')) {
    auto const quoted = quoted_size(text);
    if (quoted == 0) return invalid(0, "display-name", clause, "the quote does not end");
    return quoted + space_size(text.substr(quoted));
  }
  std::size_t n = 0;
  while (n < text.size() && (is_token(text[n]) || is_space(text[n]))) ++n;
  return n;
}

static Parsed<NameAddr> parse_addr_spec(std::string_view text, std::size_t at) {
  auto const size = std::min(text.find_first_of("; \t\r\n", at), text.size()) - at;
  NameAddr const address{{}, text.substr(at, size), {}};
  if (size == 0) return invalid(at, "addr-spec", clause, "missing");
  if (auto const bad = address.uri.find_first_of("?,"); bad != std::string_view::npos)
    return invalid(at + bad, "addr-spec", clause, "a URI with ? or , wants <>");
  return completed(address, text, at, at + size);
}

Parsed<NameAddr> parse_name_addr(std::string_view text) {
  auto const start = space_size(text);
  auto const name = display_name_size(text.substr(start));
  if (!name) return shifted(name.error(), start);
  auto const open = start + *name;
  bool const is_quoted = text.substr(start).starts_with('"');
  if (open == text.size() || text[open] != '<') {
    if (is_quoted) return invalid(open, "name-addr", clause, "expected < behind the display-name");
    return parse_addr_spec(text, start);
  }
  auto const close = text.find('>', open);
  if (close == std::string_view::npos) return invalid(text.size(), "name-addr", clause, "expected >");
  NameAddr const address{trim(text.substr(start, *name)), text.substr(open + 1, close - open - 1), {}};
  return completed(address, text, open + 1, close + 1);
}

std::vector<std::string_view> split_list(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  bool in_brackets = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' && !in_brackets) {
      auto const quoted = quoted_size(text.substr(i));
      if (quoted == 0) break;
      i += quoted - 1;
    } else if (text[i] == '<') {
      in_brackets = true;
    } else if (text[i] == '>') {
      in_brackets = false;
    } else if (text[i] == ',' && !in_brackets) {
      parts.push_back(trim(text.substr(from, i - from)));
      from = i + 1;
    }
  }
  parts.push_back(trim(text.substr(from)));
  return parts;
}

static Parsed<NameAddr> one(Message const& message, Name name, std::string_view where) {
  auto const value = message.value(name);
  if (!value) return invalid(0, canonical(name), where, "missing");
  return parse_name_addr(*value);
}

Parsed<NameAddr> from(Message const& message) {
  return one(message, Name::from, "RFC 3261 8.1.1.3");
}

Parsed<NameAddr> to(Message const& message) {
  return one(message, Name::to, "RFC 3261 8.1.1.2");
}

static Parsed<std::vector<NameAddr>> all(Message const& message, Name name) {
  std::vector<NameAddr> addresses;
  for (auto const value : message.values(name))
    for (auto const part : split_list(value)) {
      auto address = parse_name_addr(part);
      if (!address) return shifted(address.error(), static_cast<std::size_t>(part.data() - value.data()));
      addresses.push_back(std::move(*address));
    }
  return addresses;
}

Parsed<std::vector<NameAddr>> contacts(Message const& message) {
  auto const values = message.values(Name::contact);
  if (values.size() == 1 && values.front() == "*") return std::vector{NameAddr{{}, values.front(), {}}};
  return all(message, Name::contact);
}

Parsed<std::vector<NameAddr>> record_route(Message const& message) {
  return all(message, Name::record_route);
}

}  // namespace tollgate::sip
