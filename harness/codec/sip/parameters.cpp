/// *( SEMI generic-param ),  generic-param = token [ EQUAL gen-value ],  gen-value = token / host / quoted-string;
/// uri-parameter = pname [ "=" pvalue ] of paramchars   (RFC 3261 25.1). Names and values of both kinds are read here.
#include "codec/sip/parameters.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 25.1";
static constexpr std::size_t parameters_max = 64;

std::optional<std::string_view> Parameters::find(std::string_view name) const {
  for (Parameter const& parameter : list)
    if (iequals(parameter.name, name)) return parameter.value.value_or(std::string_view());
  return std::nullopt;
}

/// Octets at the start of `text` that a token, a host or a run of paramchars may hold.
static std::size_t run_size(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && (is_token(text[n]) || std::string_view("[]/:&$()").contains(text[n]))) ++n;
  return n;
}

/// The parameter at `at`, behind its SEMI; `at` moves behind it.
static Parsed<Parameter> parse_parameter(std::string_view text, std::size_t& at) {
  auto const name = run_size(text.substr(at));
  if (name == 0) return invalid(at, "generic-param", clause, "expected a name");
  Parameter parameter{text.substr(at, name), std::nullopt};
  at += name;
  auto const equal = at + space_size(text.substr(at));
  if (equal == text.size() || text[equal] != '=') return parameter;
  at = equal + 1;
  at += space_size(text.substr(at));
  bool const is_quoted = text.substr(at).starts_with('"');
  auto const value = is_quoted ? quoted_size(text.substr(at)) : run_size(text.substr(at));
  if (value == 0) return invalid(at, "gen-value", clause, is_quoted ? "the quote does not end" : "expected a value");
  parameter.value = text.substr(at, value);
  at += value;
  return parameter;
}

Parsed<Parameters> parse_parameters(std::string_view text) {
  Parameters parameters;
  for (auto at = space_size(text); at < text.size(); at += space_size(text.substr(at))) {
    if (text[at] != ';') return invalid(at, "SEMI", clause, "expected ; before a parameter");
    ++at;
    at += space_size(text.substr(at));
    auto const name_at = at;
    auto const parameter = parse_parameter(text, at);
    if (!parameter) return std::unexpected(parameter.error());
    if (parameters.has(parameter->name)) return invalid(name_at, "generic-param", "RFC 3261 7.3.1", "appears twice");
    if (parameters.list.size() == parameters_max) return over_limit(name_at, "generic-param", clause, "too many");
    parameters.list.push_back(*parameter);
  }
  return parameters;
}

}  // namespace tollgate::sip
