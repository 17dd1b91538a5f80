#pragma once
/// The computation that digest authentication rests on (RFC 7616 3.4.1; RFC 8760 2 for SIP), and the credentials that show it.
#include <optional>
#include <string>
#include <string_view>

#include "codec/sip/digest.hpp"

namespace tollgate::sip {

/// The response of RFC 7616 3.4.1 in lower-case hexadecimal for the other members of `credentials`; nothing for an algorithm
/// other than MD5 and SHA-256, with or without "-sess", or a qop other than "auth".
[[nodiscard]] std::optional<std::string> digest_response(DigestResponse const& credentials, std::string_view secret,
                                                         std::string_view method);

/// `Digest username="alice", ...`: the members as an Authorization has them (RFC 7616 3.4). An empty qop or opaque is left out; of cnonce and nc
/// those that the qop, or an algorithm with "-sess", asks for.
[[nodiscard]] std::string write_credentials(DigestResponse const& credentials);

}  // namespace tollgate::sip
