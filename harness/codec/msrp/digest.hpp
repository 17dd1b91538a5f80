#pragma once
/// HTTP Digest as MSRP relays use it: WWW-Authenticate, Authorization, Authentication-Info (RFC 4976 4.3-4.5, 9.1). It
/// is read by codec/sip, for SIP took the same Digest from HTTP; what RFC 4976 narrows is held to here: no white space
/// around "=", qop is a must, auth-int and MD5-sess are not for relays, no uri is sent.
#include <string_view>

#include "base/parsed.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/digest.hpp"

namespace tollgate::msrp {

/// "Digest" SP, then realm, nonce and qop at least.
[[nodiscard]] Parsed<sip::DigestChallenge> parse_www_authenticate(std::string_view text);
/// "Digest" SP, then username, realm, nonce, response, cnonce, nc and qop at least.
[[nodiscard]] Parsed<sip::DigestResponse> parse_authorization(std::string_view text);
/// Parameters alone: rspauth, cnonce, nc and qop at least, perhaps nextnonce.
[[nodiscard]] Parsed<sip::AuthParams> parse_authentication_info(std::string_view text);

/// The first field of that name in `message`; the error of a missing one is at 0.
[[nodiscard]] Parsed<sip::DigestChallenge> www_authenticate(Message const& message);
[[nodiscard]] Parsed<sip::DigestResponse> authorization(Message const& message);
[[nodiscard]] Parsed<sip::AuthParams> authentication_info(Message const& message);

}  // namespace tollgate::msrp
