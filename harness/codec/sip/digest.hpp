#pragma once
/// Digest challenges and responses (RFC 7616 3.3, 3.4; RFC 8760 for the algorithms; RFC 3261 22.4). Values stand
/// without their quotes, escapes as written.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/auth_params.hpp"

namespace tollgate::sip {

/// Of the scheme Digest, with the parameters of these names; `clause` asks for them.
[[nodiscard]] Parsed<AuthParams> parse_digest(std::string_view text, std::span<std::string_view const> wanted, std::string_view clause);

struct DigestChallenge {
  std::string_view realm, nonce;
  std::string_view algorithm;  ///< "MD5" when absent
  std::string_view qop;        ///< the list as written: "auth,auth-int"; "" when absent
  std::string_view opaque, domain;
  bool stale = false;

  /// Whether the list of qop names `value`.
  [[nodiscard]] bool offers(std::string_view value) const;
};
[[nodiscard]] DigestChallenge to_challenge(AuthParams const& params);
/// Refuses a challenge of another scheme, and one without realm or nonce.
[[nodiscard]] Parsed<DigestChallenge> parse_digest_challenge(std::string_view text);

struct DigestResponse {
  std::string_view username;  ///< "" where username* has it (RFC 7616 3.4, RFC 5987)
  std::string_view realm, nonce, uri, response;
  std::string_view algorithm;  ///< "MD5" when absent
  std::string_view qop;        ///< "" when absent
  std::string_view cnonce, opaque;
  std::optional<std::uint32_t> nonce_count;
};
/// Refuses an nc that is no nc-value or stands alone, and a response that is not as many digits as its algorithm gives.
/// Offsets count from the start of `text`, which holds the parameters.
[[nodiscard]] Parsed<DigestResponse> to_response(AuthParams const& params, std::string_view text);
/// Refuses credentials of another scheme, those without realm, nonce, uri or response, those with neither username nor
/// username* or with both, those with a qop and without nc or cnonce, and a response that is not as many digits as its
/// algorithm gives.
[[nodiscard]] Parsed<DigestResponse> parse_digest_response(std::string_view text);

/// The Digest challenges of WWW-Authenticate or Proxy-Authenticate, the preferred one first; other schemes are left
/// out.
[[nodiscard]] Parsed<std::vector<DigestChallenge>> digest_challenges(Fields fields, Name name = Name::www_authenticate);
/// The Digest credentials of Authorization or Proxy-Authorization, one for each realm; other schemes are left out.
[[nodiscard]] Parsed<std::vector<DigestResponse>> digest_responses(Fields fields, Name name = Name::authorization);

}  // namespace tollgate::sip
