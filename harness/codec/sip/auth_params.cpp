#include "codec/sip/auth_params.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

namespace {

constexpr std::string_view clause = "RFC 3261 25.1";

struct AuthParam {
  std::string_view name;
  std::string_view value;  ///< with its quotes
};

/// auth-param = auth-param-name EQUAL ( token / quoted-string )
Parsed<AuthParam> parse_auth_param(std::string_view text) {
  auto const name = token_size(text);
  if (name == 0) return invalid(0, "auth-param", clause, "expected a name");
  auto at = name + space_size(text, name);
  if (at >= text.size() || text[at] != '=') return invalid(at, "auth-param", clause, "expected =");
  ++at;
  at += space_size(text, at);
  bool const is_quoted = at < text.size() && text[at] == '"';
  auto const size = is_quoted ? quoted_size(text, at) : token_size(text, at);
  if (size == 0) return invalid(at, "auth-param", clause, is_quoted ? "the quote does not end" : "expected a value");
  if (at + size != text.size()) return invalid(at + size, "auth-param", clause, "unexpected text behind the value");
  return AuthParam{text.substr(0, name), text.substr(at, size)};
}

enum class Form : bool { token, quoted };

/// What Digest says of its own parameters (RFC 3261 25.1, RFC 7616 3.3, 3.4). qop is quoted in a challenge and is not
/// in credentials, so it stands in neither form here.
struct DigestParam {
  std::string_view name;
  Form form;
};
constexpr std::array<DigestParam, 14> digest_params{{
    {"realm", Form::quoted},
    {"nonce", Form::quoted},
    {"opaque", Form::quoted},
    {"domain", Form::quoted},
    {"username", Form::quoted},
    {"username*", Form::token},
    {"uri", Form::quoted},
    {"response", Form::quoted},
    {"cnonce", Form::quoted},
    {"algorithm", Form::token},
    {"stale", Form::token},
    {"nc", Form::token},
    {"userhash", Form::token},
    {"charset", Form::token},
}};

Parsed<void> check_digest_form(AuthParam const& param, std::size_t value_at) {
  auto const known = std::ranges::find_if(digest_params, [&](auto const& one) { return iequals(one.name, param.name); });
  if (known == digest_params.end()) return {};
  bool const is_quoted = param.value.starts_with('"');
  if (is_quoted == (known->form == Form::quoted)) return {};
  return invalid(value_at, known->name, "RFC 7616 3.3", is_quoted ? "takes no quotes" : "wants quotes");
}

/// Whether one of the first `count` parameters, which are good ones, has that name.
bool is_among(std::string_view list, std::size_t count, std::string_view name) {
  for (auto element = List(list).begin(); count > 0; ++element, --count)
    if (auto const param = parse_auth_param(*element); param && iequals(param->name, name)) return true;
  return false;
}

Parsed<void> check_list(std::string_view list, bool is_digest) {
  constexpr std::size_t params_max = 64;
  for (std::size_t count = 0; auto const element : List(list)) {
    auto const at = static_cast<std::size_t>(element.data() - list.data());
    auto const param = parse_auth_param(element);
    if (!param) return shifted(param.error(), at);
    if (is_among(list, count, param->name)) return invalid(at, "auth-param", "RFC 7235 2.1", "appears twice");
    if (++count > params_max) return over_limit(at, "auth-param", clause, "too many");
    if (!is_digest) continue;
    auto const value_at = static_cast<std::size_t>(param->value.data() - list.data());
    if (auto const good = check_digest_form(*param, value_at); !good) return good;
  }
  return {};
}

}  // namespace

std::optional<std::string_view> AuthParams::find_written(std::string_view name) const {
  for (auto const element : List(list))
    if (auto const param = parse_auth_param(element); param && iequals(param->name, name)) return param->value;
  return std::nullopt;
}

std::optional<std::string_view> AuthParams::find(std::string_view name) const {
  return find_written(name).transform(unquoted);
}

bool AuthParams::is_digest() const {
  return iequals(scheme, "Digest");
}

Parsed<AuthParams> parse_auth(std::string_view text) {
  auto const scheme = token_size(text);
  if (scheme == 0) return invalid(0, "auth-scheme", clause, "expected a token");
  auto const list_at = scheme + space_size(text, scheme);
  if (list_at == scheme) return invalid(scheme, "auth-scheme", clause, "expected white space behind it");
  AuthParams const params{text.substr(0, scheme), text.substr(list_at)};
  if (auto const good = check_list(params.list, params.is_digest()); !good) return shifted(good.error(), list_at);
  return params;
}

Parsed<AuthParams> parse_authentication_info(std::string_view text) {
  if (auto const good = check_list(text, true); !good) return std::unexpected(good.error());
  return AuthParams{{}, text};
}

Parsed<std::vector<AuthParams>> authentications(Fields fields, Name name) {
  std::vector<AuthParams> all;
  for (std::size_t nth = 0; auto const value = fields.value(name, nth); ++nth) {
    auto const read = parse_auth(*value);
    if (!read) return std::unexpected(read.error());
    all.push_back(*read);
  }
  return all;
}

}  // namespace tollgate::sip
