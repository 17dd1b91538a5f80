/// ( name-addr / addr-spec ) *( SEMI params )   (RFC 3261 20.10, 25.1)
///   name-addr    = [ display-name ] LAQUOT addr-spec RAQUOT
///   display-name = *( token LWS ) / quoted-string; LWS before "<" may be missing, as RFC 4475 3.1.1.6 wants it read
#include "codec/sip/name_addr.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 20.10";

std::string_view NameAddr::tag() const {
  return parameters.find("tag").value_or(std::string_view());
}

/// `address` with the URI at `uri_at` checked and the parameters that start at `parameters_at` of `text`.
static Parsed<NameAddr> completed(NameAddr address, std::string_view text, std::size_t uri_at,
                                  std::size_t parameters_at) {
  auto const uri = parse_uri(address.uri);
  if (!uri) return shifted(uri.error(), uri_at);
  address.parts = *uri;
  auto const parameters = parse_parameters(text.substr(parameters_at));
  if (!parameters) return shifted(parameters.error(), parameters_at);
  address.parameters = *parameters;
  return address;
}

static constexpr CharSet tokens_set = token_set | " \t\r\n";

/// Octets of tokens and white space at `at`, or of one quoted-string.
static Parsed<std::size_t> display_name_size(std::string_view text) {
  if (text.starts_with('"')) {
    auto const quoted = quoted_size(text);
    if (quoted == 0) return invalid(0, "display-name", clause, "the quote does not end");
    return quoted + space_size(text.substr(quoted));
  }
  return tokens_set.run(text);
}

static Parsed<NameAddr> parse_addr_spec(std::string_view text, std::size_t at) {
  auto const size = std::min(text.find_first_of("; \t\r\n", at), text.size()) - at;
  NameAddr const address{.uri = text.substr(at, size)};
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
    auto const address = parse_addr_spec(text, start);
    bool const has_name = !address && text.find('<', open) != std::string_view::npos;
    if (has_name) return invalid(open, "display-name", clause, "neither tokens nor a quoted-string");
    return address;
  }
  auto const close = text.find('>', open);
  if (close == std::string_view::npos) return invalid(text.size(), "name-addr", clause, "expected >");
  NameAddr const address{.display_name = trim(text.substr(start, *name)),
                         .uri = text.substr(open + 1, close - open - 1),
                         .has_brackets = true};
  return completed(address, text, open + 1, close + 1);
}

}  // namespace tollgate::sip
