#pragma once
/// Whether a text is an IP address in its usual form (RFC 791, RFC 4291 2.2), which SIP, SDP and MSRP take over.
#include <string_view>

namespace tollgate {

[[nodiscard]] bool is_ipv4(std::string_view text);  ///< "192.0.2.1"
[[nodiscard]] bool is_ipv6(std::string_view text);  ///< "2001:db8::1", without brackets

}  // namespace tollgate
