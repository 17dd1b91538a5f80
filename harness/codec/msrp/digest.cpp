/// WWW-Authenticate    = "WWW-Authenticate:" SP "Digest" SP digest-param *( "," SP digest-param )
/// Authorization       = "Authorization:" SP "Digest" SP digest-response *( "," SP digest-response )
/// Authentication-Info = "Authentication-Info:" SP ainfo *( "," ainfo )
/// digest-param        = token "=" ( token / quoted-string )   (RFC 4976 7)
/// White space around "," is read as RFC 2617 lets it stand.
#include "codec/msrp/digest.hpp"

#include "base/text.hpp"
#include "codec/sip/list.hpp"

namespace tollgate::msrp {

namespace {

using sip::AuthParams, sip::DigestChallenge, sip::DigestResponse;

constexpr std::string_view grammar = "RFC 4976 7", usage = "RFC 4976 9.1";

/// The grammar of RFC 4976 has no white space around "=", nor more than the one SP behind the scheme.
Parsed<void> check_spaces(AuthParams const& params, std::string_view text) {
  auto const offset = [&](char const* at) { return static_cast<std::size_t>(at - text.data()); };
  if (offset(params.list.data()) != params.scheme.size() + (params.scheme.empty() ? 0 : 1))
    return invalid(params.scheme.size() + 1, "SP", grammar, "expected one space");
  auto const is_space = [](char c) { return c == ' ' || c == '\t'; };
  for (auto const element : sip::List(params.list)) {
    auto const equal = element.find('=');
    if (is_space(element[equal - 1]) || is_space(element[equal + 1]))
      return invalid(offset(element.data()) + equal, "digest-param", grammar, "white space beside =");
  }
  return {};
}

Parsed<AuthParams> parse(std::string_view text, std::span<std::string_view const> wanted) {
  auto params = sip::parse_digest(text, wanted, usage);
  if (!params) return params;
  if (auto const good = check_spaces(*params, text); !good) return std::unexpected(good.error());
  return params;
}

template <class T>
Parsed<T> read(Message const& message, std::string_view name, Parsed<T> (*parse)(std::string_view)) {
  auto const value = message.value(name);
  if (!value) return invalid(0, name, "RFC 4976 4", "missing");
  return parse(*value);
}

}  // namespace

Parsed<DigestChallenge> parse_www_authenticate(std::string_view text) {
  constexpr std::string_view wanted[] = {"realm", "nonce", "qop"};
  auto const params = parse(text, wanted);
  if (!params) return std::unexpected(params.error());
  auto const challenge = sip::to_challenge(*params);
  auto const at = [&](std::string_view value) { return static_cast<std::size_t>(value.data() - text.data()); };
  if (challenge.offers("auth-int")) return invalid(at(challenge.qop), "qop-options", usage, "auth-int is not for MSRP");
  if (iequals(challenge.algorithm, "MD5-sess")) return invalid(at(challenge.algorithm), "algorithm", usage, "MD5-sess is not for MSRP");
  return challenge;
}

Parsed<DigestResponse> parse_authorization(std::string_view text) {
  constexpr std::string_view wanted[] = {"username", "realm", "nonce", "response", "cnonce", "nc", "qop"};
  auto const params = parse(text, wanted);
  if (!params) return std::unexpected(params.error());
  return sip::to_response(*params, text);
}

Parsed<AuthParams> parse_authentication_info(std::string_view text) {
  auto params = sip::parse_authentication_info(text);
  if (!params) return params;
  for (std::string_view const name : {"rspauth", "cnonce", "nc", "qop"})
    if (!params->find(name)) return invalid(text.size(), name, usage, "missing");
  if (auto const good = check_spaces(*params, text); !good) return std::unexpected(good.error());
  return params;
}

Parsed<DigestChallenge> www_authenticate(Message const& message) {
  return read(message, "WWW-Authenticate", parse_www_authenticate);
}

Parsed<DigestResponse> authorization(Message const& message) {
  return read(message, "Authorization", parse_authorization);
}

Parsed<AuthParams> authentication_info(Message const& message) {
  return read(message, "Authentication-Info", parse_authentication_info);
}

}  // namespace tollgate::msrp
