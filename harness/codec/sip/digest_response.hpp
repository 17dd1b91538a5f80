#pragma once
/// The computation that digest authentication rests on (RFC 7616 3.4.1; RFC 8760 2 for SIP).
#include <optional>
#include <string>
#include <string_view>

#include "codec/sip/digest.hpp"

namespace tollgate::sip {

/// The response of RFC 7616 3.4.1 in lower-case hexadecimal for the other members of `credentials`; nothing for an algorithm
/// other than MD5 and SHA-256, with or without "-sess", or a qop other than "auth".
[[nodiscard]] std::optional<std::string> digest_response(DigestResponse const& credentials, std::string_view secret,
                                                         std::string_view method);

}  // namespace tollgate::sip
