#pragma once
/// hostport = host [ ":" port ],  host = hostname / IPv4address / IPv6reference (RFC 3261 25.1, RFC 5118).
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/characters.hpp"

namespace tollgate::sip {

struct HostPort {
  std::string_view host;  ///< an IPv6 reference keeps its brackets
  std::optional<std::uint16_t> port;
};

/// The whole text, white space around the colon allowed where `spaced` (Via).
[[nodiscard]] Parsed<HostPort> parse_host_port(std::string_view text, bool spaced = false);
/// What may stand in a hostport: where a run of it ends, it ends.
inline constexpr CharSet host_port_set = alphanum_set | "-.:[]";

/// IPv6address without brackets, as via-received has it (RFC 3261 25.1). ":::" before an IPv4 tail is read as "::", for
/// RFC 3261 25.1 generates it (RFC 5118 4.10).
[[nodiscard]] bool is_ipv6_address(std::string_view text);

}  // namespace tollgate::sip
