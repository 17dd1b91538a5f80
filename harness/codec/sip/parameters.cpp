/// header: *( SEMI generic-param ),  generic-param = token [ EQUAL gen-value ],  gen-value = token / host /
///         quoted-string; received=2001:db8::1 has no brackets (RFC 3261 25.1 via-received), hence ":" in a value
/// uri:    *( ";" uri-parameter ),   other-param = pname [ "=" pvalue ],  pname, pvalue = 1*paramchar,
///         paramchar = param-unreserved / unreserved / escaped                                      (RFC 3261 25.1)
#include "codec/sip/parameters.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/escapes.hpp"
#include "codec/sip/host_port.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 25.1";
static constexpr std::size_t parameters_max = 64;
static constexpr CharSet paramchar_set = unreserved_set | "[]/:&+$%";
static constexpr CharSet host_or_token_set = token_set | "[]:";

namespace {

/// What `read_next` found: a parameter, where its name stands, and where the text goes on.
struct Found {
  Parameter parameter;
  std::size_t name_at = 0;
  std::size_t next = 0;
};

Parsed<std::size_t> value_size(std::string_view text, std::size_t at, ParametersOf of) {
  if (of == ParametersOf::header && at < text.size() && text[at] == '"') {
    auto const quoted = quoted_size(text, at);
    if (quoted == 0) return invalid(at, "quoted-string", clause, "the quote does not end");
    return quoted;
  }
  bool const is_uri = of == ParametersOf::uri;
  auto const size = is_uri ? paramchar_set.run(text, at) : host_or_token_set.run(text, at);
  if (size == 0) return invalid(at, is_uri ? "pvalue" : "gen-value", clause, "expected a value");
  auto const value = text.substr(at, size);
  bool const is_good = is_uri || token_size(value) == size || is_ipv6_address(value) || parse_host_port(value);
  if (!is_good) return invalid(at, "gen-value", clause, "neither a token, a host nor a quoted-string");
  return size;
}

/// The parameter whose SEMI stands at `at`.
Parsed<Found> read_next(std::string_view text, std::size_t at, ParametersOf of) {
  if (text[at] != ';') return invalid(at, "SEMI", clause, "expected ; before a parameter");
  ++at;
  bool const is_uri = of == ParametersOf::uri;
  auto const skip = [&] {
    if (!is_uri) at += space_size(text, at);
  };
  skip();
  auto const name = is_uri ? paramchar_set.run(text, at) : token_size(text, at);
  if (name == 0) return invalid(at, is_uri ? "pname" : "generic-param", clause, "expected a name");
  Found found{{text.substr(at, name), std::nullopt}, at, 0};
  at += name;
  skip();
  if (at < text.size() && text[at] == '=') {
    ++at;
    skip();
    auto const value = value_size(text, at, of);
    if (!value) return std::unexpected(value.error());
    found.parameter.value = text.substr(at, *value);
    at += *value;
    skip();
  }
  found.next = at;
  return found;
}

/// The offset of a "%" that starts no escape.
std::optional<std::size_t> bad_escape(std::string_view text) {
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (!is_escape(text.substr(at))) return at;
  return std::nullopt;
}

}  // namespace

Parameters::Iterator& Parameters::Iterator::operator++() {
  is_end_ = true;
  if (at_ == 0 && of_ == ParametersOf::header) at_ = space_size(text_);
  if (at_ >= text_.size()) return *this;
  auto const found = read_next(text_, at_, of_);
  if (!found) return *this;
  parameter_ = found->parameter;
  at_ = found->next;
  is_end_ = false;
  return *this;
}

std::size_t Parameters::size() const {
  std::size_t count = 0;
  for (auto it = begin(); it != end(); ++it) ++count;
  return count;
}

std::optional<std::string_view> Parameters::find(std::string_view name) const {
  for (auto const& parameter : *this)
    if (iequals(parameter.name, name)) return parameter.value.value_or(std::string_view());
  return std::nullopt;
}

Parsed<Parameters> parse_parameters(std::string_view text, ParametersOf of) {
  Parameters parameters;
  parameters.of_ = of;
  std::size_t count = 0;
  for (auto at = of == ParametersOf::header ? space_size(text) : 0; at < text.size(); ++count) {
    auto const found = read_next(text, at, of);
    if (!found) return std::unexpected(found.error());
    parameters.text_ = text.substr(0, at);
    if (count > 0 && parameters.has(found->parameter.name))
      return invalid(found->name_at, of == ParametersOf::uri ? "uri-parameter" : "generic-param",
                     of == ParametersOf::uri ? "RFC 3261 19.1.1" : "RFC 3261 7.3.1", "appears twice");
    if (count == parameters_max) return over_limit(found->name_at, "generic-param", clause, "too many");
    at = found->next;
  }
  if (of == ParametersOf::uri)
    if (auto const bad = bad_escape(text)) return invalid(*bad, "escaped", clause, "expected two hexadecimal digits");
  parameters.text_ = text;
  return parameters;
}

std::string_view unquoted(std::string_view value) {
  bool const is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace tollgate::sip
