#pragma once
/// o= and c=: who describes the session, and where its media goes (RFC 8866 5.2, 5.7).
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sdp/section.hpp"

namespace tollgate::sdp {

/// nettype SP addrtype SP address: a host name, an IPv4 or an IPv6 address without brackets. Other networks and address
/// types are tokens too, and their addresses any visible characters (RFC 8866 9 extn-addr).
struct Address {
  std::string_view network_type;  ///< "IN"
  std::string_view type;          ///< "IP4" or "IP6"
  std::string_view text;          ///< of IP without what follows a "/"

  /// IN IP4 or IN IP6.
  [[nodiscard]] bool is_ip() const { return network_type == "IN" && (type == "IP4" || type == "IP6"); }
};

/// origin-field = "o=" username SP sess-id SP sess-version SP nettype SP addrtype SP unicast-address
struct Origin {
  std::string_view username;    ///< "-" when there is none
  std::string_view session_id;  ///< 1*DIGIT of any size
  std::string_view session_version;
  Address address;
};
[[nodiscard]] Parsed<Origin> parse_origin(Piece line);

/// connection-field = "c=" nettype SP addrtype SP connection-address; multicast adds "/" ttl and "/" count, of which IP4
/// must have the first. Refuses them behind a unicast address; behind a name they may stand.
struct Connection {
  Address address;
  std::optional<std::uint32_t> ttl;  ///< IP4 multicast only
  std::uint32_t count = 1;           ///< of addresses in a row
};
[[nodiscard]] Parsed<Connection> parse_connection(Piece line);

[[nodiscard]] Parsed<Origin> origin(Lines lines);
/// That of the media, or the session's where the media has none; refuses when both are missing.
[[nodiscard]] Parsed<Connection> connection(Section const& session, Section const& media);

}  // namespace tollgate::sdp
