#pragma once
/// "127.0.0.1:5060" and "[::1]:5060", as events carry them, in the form that packet headers want.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace tollgate::trace {

struct SocketAddress {
  static constexpr std::size_t ipv4_size = 4, ipv6_size = 16;

  Octets ip;  ///< 4 octets of IPv4 or 16 of IPv6, network order
  std::uint16_t port = 0;

  /// Nothing for an empty text, a host name or a bad port.
  [[nodiscard]] static std::optional<SocketAddress> parse(std::string_view text);
  [[nodiscard]] bool is_ipv6() const { return ip.size() != ipv4_size; }
  /// As events have it.
  [[nodiscard]] std::string text() const;
  friend auto operator<=>(SocketAddress const&, SocketAddress const&) = default;
};

}  // namespace tollgate::trace
