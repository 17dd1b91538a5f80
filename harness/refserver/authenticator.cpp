#include "refserver/authenticator.hpp"

#include <fmt/format.h>

#include "codec/sip/digest_response.hpp"
#include "codec/sip/uri.hpp"

namespace tollgate::refserver {

using sip::Name;

/// The username is the user part, or that with the domain, as private identities are written.
std::optional<std::string> Authenticator::secret_of(std::string_view username, std::string_view user) const {
  if (username != user && username != fmt::format("{}@{}", user, config_.domain)) return std::nullopt;
  if (auto const own = config_.secrets.find(std::string(user)); own != config_.secrets.end()) return own->second;
  return config_.password.empty() ? std::nullopt : std::optional(config_.password);
}

bool Authenticator::is_right(sip::DigestResponse const& credentials, sip::Message const& request, std::string_view user) const {
  auto const secret = secret_of(credentials.username, user);
  auto const named = sip::parse_uri(credentials.uri);
  auto const asked = sip::parse_uri(request.request_uri());
  if (!secret || !named || !asked || !sip::same(*named, *asked) || credentials.realm != config_.domain) return false;
  auto const expected = sip::digest_response(credentials, *secret, request.method());
  return expected && *expected == credentials.response;
}

bool Authenticator::is_right_of_another(sip::DigestResponse const& credentials, sip::Message const& request, std::string_view user) const {
  auto const name = std::string_view(credentials.username).substr(0, credentials.username.find('@'));
  return name != user && is_right(credentials, request, name);
}

bool Authenticator::asks(std::string_view user) const {
  return (!config_.password.empty() || !config_.secrets.empty()) && user.starts_with(config_.secured_prefix);
}

Authenticator::Judgement Authenticator::judges(sip::Message const& request, std::string_view user) {
  auto const credentials = sip::digest_responses(request);
  if (!credentials) return Judgement::refused;
  auto otherwise = Judgement::refused;
  for (auto const& one : *credentials) {
    auto const nonce = nonces_.find(one.nonce);
    if (nonce == nonces_.end()) continue;
    auto const count = one.nonce_count.value_or(1);
    bool const has_expired = nonce->second.expires <= clock_.now(), is_replay = count <= nonce->second.count;  // RFC 7616 3.4, 5.4
    if (!has_expired && !is_replay && is_right_of_another(one, request, user)) otherwise = Judgement::other;
    if (!is_right(one, request, user)) continue;
    if (has_expired && !config_.has(Fault::M188_nonce_for_ever)) return Judgement::stale;
    if (is_replay) continue;
    nonce->second.count = count;
    return Judgement::accepted;
  }
  return otherwise;
}

void Authenticator::challenge(sip::Message& response, bool stale) {
  constexpr int lifetimes_kept = 10;  // so that an expired nonce is told from an invented one
  std::erase_if(nonces_, [&](auto const& nonce) { return nonce.second.expires + lifetimes_kept * config_.timers.nonce <= clock_.now(); });
  auto const nonce = random_.token(24);
  nonces_[nonce] = {.expires = clock_.now() + config_.timers.nonce};
  for (std::string_view const algorithm : {"SHA-256", "MD5"})
    response.add(Name::www_authenticate, fmt::format(R"(Digest realm="{}", nonce="{}", algorithm={}, qop="auth"{})", config_.domain, nonce,
                                                     algorithm, stale ? ", stale=true" : ""));
}

}  // namespace tollgate::refserver
