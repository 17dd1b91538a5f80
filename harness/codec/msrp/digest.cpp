/// WWW-Authenticate = "WWW-Authenticate:" SP "Digest" SP digest-param *( "," SP digest-param )
/// Authorization    = "Authorization:" SP "Digest" SP digest-response *( "," SP digest-response )
/// digest-param     = token "=" ( token / quoted-string )   (RFC 4976 4.3-4.5, RFC 2617 3.2)
/// White space around "," is read as RFC 2617 lets it stand.
#include "codec/msrp/digest.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/msrp/ident.hpp"

namespace tollgate::msrp {

namespace {

constexpr std::string_view syntax = "RFC 2617 3.2";
constexpr std::array<std::string_view, 3> in_challenge = {"realm", "nonce", "qop"};
constexpr std::array<std::string_view, 7> in_response = {"username", "realm", "nonce", "response",
                                                         "cnonce",   "nc",    "qop"};

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  return run_end(text, at, [](char c) { return c == ' ' || c == '\t'; });
}

/// The offset behind the closing quote of the quoted-string that starts at `at`; nothing when it stays open.
std::optional<std::size_t> quoted_end(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return std::nullopt;
}

/// Reads the parameter at `at` and moves behind it.
Parsed<DigestParameter> parse_parameter(std::string_view text, std::size_t& at) {
  auto const begin = at;
  at = run_end(text, begin, is_token_char);
  if (at == begin) return invalid(at, "digest-param", syntax, "no name");
  DigestParameter parameter{.name = text.substr(begin, at - begin), .value = {}, .offset = begin};
  if (at == text.size() || text[at] != '=') return invalid(at, "digest-param", syntax, "no =");
  auto const value = ++at;
  if (value < text.size() && text[value] == '"') {
    auto const end = quoted_end(text, value);
    if (!end) return invalid(value, "quoted-string", syntax, "open to the end");
    at = *end;
    parameter.value = text.substr(value + 1, at - value - 2);
    return parameter;
  }
  at = run_end(text, value, is_token_char);
  if (at == value) return invalid(at, "digest-param", syntax, "no value");
  parameter.value = text.substr(value, at - value);
  return parameter;
}

Parsed<Digest> parse_parameters(std::string_view text, std::size_t at) {
  Digest digest;
  for (;;) {
    auto const parameter = parse_parameter(text, at);
    if (!parameter) return std::unexpected(parameter.error());
    if (digest.at(parameter->name)) return invalid(parameter->offset, "digest-param", syntax, "given twice");
    digest.parameters.push_back(*parameter);
    at = skip_spaces(text, at);
    if (at == text.size()) return digest;
    if (text[at] != ',') return invalid(at, "digest-param", syntax, "no comma before the next one");
    at = skip_spaces(text, at + 1);
  }
}

template <std::size_t N>
Parsed<Digest> parse_scheme(std::string_view text, std::array<std::string_view, N> const& wanted,
                            std::string_view clause) {
  constexpr std::string_view scheme = "Digest ";
  if (!iequals(text.substr(0, scheme.size()), scheme)) return invalid(0, "Digest", clause, "another scheme");
  auto digest = parse_parameters(text, scheme.size());
  if (!digest) return digest;
  for (auto const name : wanted)
    if (!digest->at(name)) return invalid(text.size(), name, clause, "missing");
  return digest;
}

Parsed<Digest> read(Message const& message, std::string_view name, Parsed<Digest> (*parse)(std::string_view)) {
  auto const value = message.value(name);
  if (!value) return invalid(0, name, "RFC 4976 4", "missing");
  return parse(*value);
}

}  // namespace

std::optional<std::string_view> Digest::at(std::string_view name) const {
  auto const found = std::ranges::find_if(parameters, [&](auto const& p) { return iequals(p.name, name); });
  if (found == parameters.end()) return std::nullopt;
  return found->value;
}

Parsed<Digest> parse_www_authenticate(std::string_view text) {
  return parse_scheme(text, in_challenge, "RFC 4976 4.3");
}

Parsed<Digest> parse_authorization(std::string_view text) {
  return parse_scheme(text, in_response, "RFC 4976 4.4");
}

Parsed<Digest> parse_authentication_info(std::string_view text) {
  return parse_parameters(text, 0);
}

Parsed<Digest> www_authenticate(Message const& message) {
  return read(message, "WWW-Authenticate", parse_www_authenticate);
}

Parsed<Digest> authorization(Message const& message) {
  return read(message, "Authorization", parse_authorization);
}

Parsed<Digest> authentication_info(Message const& message) {
  return read(message, "Authentication-Info", parse_authentication_info);
}

}  // namespace tollgate::msrp
