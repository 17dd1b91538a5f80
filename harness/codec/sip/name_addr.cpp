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

/// Reads the URI, which stands at `uri_at`, and the parameters from `parameters_at` of `text`.
static Parsed<void> complete(NameAddr& address, std::string_view text, std::size_t uri_at, std::size_t parameters_at) {
  auto const uri = parse_uri(address.uri);
  if (!uri) return shifted(uri.error(), uri_at);
  address.parts = *uri;
  if (parameters_at == text.size()) return {};
  auto const parameters = parse_parameters(text.substr(parameters_at));
  if (!parameters) return shifted(parameters.error(), parameters_at);
  address.parameters = *parameters;
  return {};
}

static constexpr CharSet tokens_set = token_set | " \t\r\n";
static constexpr CharSet addr_spec_set = CharSet::range('\0', '\xff') - "; \t\r\n";
static constexpr CharSet no_brackets_set = CharSet::range('\0', '\xff') - "?,";

/// Octets of tokens and white space at `at`, or of one quoted-string.
static Parsed<std::size_t> display_name_size(std::string_view text) {
  if (text.starts_with('"')) {
    auto const quoted = quoted_size(text);
    if (quoted == 0) return invalid(0, "display-name", clause, "the quote does not end");
    return quoted + space_size(text.substr(quoted));
  }
  return tokens_set.run(text);
}

static Parsed<void> read_addr_spec(std::string_view text, std::size_t at, NameAddr& address) {
  auto const size = addr_spec_set.run(text, at);
  address.uri = text.substr(at, size);
  if (size == 0) return invalid(at, "addr-spec", clause, "missing");
  if (auto const bad = no_brackets_set.run(address.uri); bad < size)
    return invalid(at + bad, "addr-spec", clause, "a URI with ? or , wants <>");
  return complete(address, text, at, at + size);
}

static Parsed<void> read_name_addr(std::string_view text, NameAddr& address) {
  auto const start = space_size(text);
  auto const name = display_name_size(text.substr(start));
  if (!name) return shifted(name.error(), start);
  auto const open = start + *name;
  if (open == text.size() || text[open] != '<') {
    if (text.substr(start).starts_with('"')) return invalid(open, "name-addr", clause, "expected < behind the display-name");
    auto const read = read_addr_spec(text, start, address);
    bool const has_name = !read && text.find('<', open) != std::string_view::npos;
    if (has_name) return invalid(open, "display-name", clause, "neither tokens nor a quoted-string");
    return read;
  }
  auto const close = text.find('>', open);
  if (close == std::string_view::npos) return invalid(text.size(), "name-addr", clause, "expected >");
  address.display_name = trim(text.substr(start, *name));
  address.uri = text.substr(open + 1, close - open - 1);
  address.has_brackets = true;
  return complete(address, text, open + 1, close + 1);
}

Parsed<NameAddr> parse_name_addr(std::string_view text) {
  Parsed<NameAddr> address;
  if (auto const read = read_name_addr(text, *address); !read) address = std::unexpected(read.error());
  return address;
}

}  // namespace tollgate::sip
