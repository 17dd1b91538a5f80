#include "trace/capture/socket_address.hpp"

#include <arpa/inet.h>
#include <array>
#include <fmt/format.h>

namespace tollgate::trace {

std::optional<SocketAddress> SocketAddress::parse(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto const port = to_number<std::uint16_t>(text.substr(colon + 1));
  auto host = text.substr(0, colon);
  bool const bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  Octets ip(bracketed ? sizeof(in6_addr) : sizeof(in_addr), '\0');
  if (!port || inet_pton(bracketed ? AF_INET6 : AF_INET, std::string(host).c_str(), ip.data()) != 1) return std::nullopt;
  return SocketAddress{std::move(ip), *port};
}

std::string SocketAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> host{};
  if (ip.size() != ipv4_size && ip.size() != ipv6_size) return "";
  inet_ntop(is_ipv6() ? AF_INET6 : AF_INET, ip.data(), host.data(), host.size());
  return is_ipv6() ? fmt::format("[{}]:{}", host.data(), port) : fmt::format("{}:{}", host.data(), port);
}

}  // namespace tollgate::trace
