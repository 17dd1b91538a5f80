#pragma once
/// hostport = host [ ":" port ],  host = hostname / IPv4address / IPv6reference (RFC 3261 25.1, RFC 5118).
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"

namespace tollgate::sip {

struct HostPort {
  std::string_view host;  ///< an IPv6 reference keeps its brackets
  std::optional<std::uint16_t> port;
};

/// The whole text, white space around the colon allowed where `spaced` (Via).
[[nodiscard]] Parsed<HostPort> parse_host_port(std::string_view text, bool spaced = false);

}  // namespace tollgate::sip
