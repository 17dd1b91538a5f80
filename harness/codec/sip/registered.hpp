#pragma once
/// What is registered for SIP (IANA "Session Initiation Protocol (SIP) Parameters"): methods and option tags; and the
/// URI schemes that may stand in a Request-URI.
#include <string_view>

namespace tollgate::sip {

/// Compares with case, as methods do (RFC 3261 7.1).
[[nodiscard]] bool is_registered_method(std::string_view method);
[[nodiscard]] bool is_registered_option_tag(std::string_view tag);
/// sip, sips (RFC 3261), tel (RFC 3966), im and pres (RFC 3428 4, RFC 3859)
[[nodiscard]] bool is_known_scheme(std::string_view scheme);

}  // namespace tollgate::sip
