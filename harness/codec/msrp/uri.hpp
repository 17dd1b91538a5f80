#pragma once
/// MSRP URIs (RFC 4975 6, 9): MSRP-URI = msrp-scheme "://" authority ["/" session-id] ";" transport *( ";"
/// URI-parameter )
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"

namespace tollgate::msrp {

struct Uri {
  std::string_view scheme;    ///< msrp or msrps, as written
  std::string_view userinfo;  ///< "" when absent
  std::string_view host;      ///< IPv6 with its brackets
  std::optional<std::uint16_t> port;
  std::string_view session_id;  ///< "" when absent
  std::string_view transport;   ///< "tcp"
  std::string_view parameters;  ///< the rest, from its ";"
};

/// Of a URI without a port (RFC 4975 6, 15.4).
inline constexpr std::uint16_t usual_port = 2855;

[[nodiscard]] Parsed<Uri> parse_uri(std::string_view text);
/// 1*( MSRP-URI SP ), as To-Path, From-Path and a=path carry it.
[[nodiscard]] Parsed<std::vector<Uri>> parse_path(std::string_view text);
/// Equality of RFC 4975 6.1: session-id case-sensitive, an explicit port never equals none, userinfo ignored.
[[nodiscard]] bool same(Uri const& a, Uri const& b);

}  // namespace tollgate::msrp
