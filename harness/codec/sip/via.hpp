#pragma once
/// Via header field (RFC 3261 20.42, RFC 3581 rport).
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sip/parameters.hpp"

namespace tollgate::sip {

class Message;

/// via-parm = sent-protocol LWS sent-by *( SEMI via-params )
struct Via {
  std::string_view protocol;   ///< "SIP"
  std::string_view version;    ///< "2.0"
  std::string_view transport;  ///< "UDP", "TCP"
  std::string_view host;
  std::optional<std::uint16_t> port;
  Parameters parameters;

  [[nodiscard]] std::string_view branch() const;  ///< "" when absent
};

/// One via-parm. A comma list is cut by `split_list` before.
[[nodiscard]] Parsed<Via> parse_via(std::string_view text);
/// The topmost via-parm of a message.
[[nodiscard]] Parsed<Via> top_via(Message const& message);

}  // namespace tollgate::sip
