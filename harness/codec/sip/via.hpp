#pragma once
/// Via header field (RFC 3261 20.42, RFC 3581 rport).
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

/// via-parm = sent-protocol LWS sent-by *( SEMI via-params )
struct Via {
  std::string_view protocol;   ///< "SIP"
  std::string_view version;    ///< "2.0"
  std::string_view transport;  ///< "UDP", "TCP"
  std::string_view host;
  std::optional<std::uint16_t> port;
  Parameters parameters;

  [[nodiscard]] std::string_view branch() const;    ///< "" when absent
  [[nodiscard]] std::string_view received() const;  ///< as written, an IPv6 address with or without brackets
  /// Whether the client asks for the port that its request came from: rport without a value (RFC 3581 3).
  [[nodiscard]] bool asks_rport() const;
  /// The port that the server saw (RFC 3581 4); nothing when it did not say.
  [[nodiscard]] std::optional<std::uint16_t> rport() const;
};

/// RFC 3261 8.1.1.7: what a branch made by RFC 3261 starts with.
inline constexpr std::string_view magic_cookie = "z9hG4bK";

/// One via-parm. A comma list is cut by `List` before.
[[nodiscard]] Parsed<Via> parse_via(std::string_view text);
/// The topmost via-parm of a message.
[[nodiscard]] Parsed<Via> top_via(Fields fields);
/// Every via-parm of every Via field, topmost first.
[[nodiscard]] Parsed<std::vector<Via>> vias(Fields fields);

}  // namespace tollgate::sip
