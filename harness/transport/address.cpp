#include "transport/address.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace tollgate {

Parsed<Address> Address::parse(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos) return invalid(text.size(), "address", "", "expected host:port");
  auto const port = to_number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return invalid(colon + 1, "port", "", "expected a number up to 65535");
  auto host = text.substr(0, colon);
  if (host.starts_with('[')) {
    if (!host.ends_with(']')) return invalid(colon, "address", "", "expected ] after an IPv6 address");
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return invalid(host.find(':'), "address", "", "an IPv6 address stands in brackets");
  }
  if (host.empty()) return invalid(0, "address", "", "expected a host before the port");
  return Address{std::string(host), *port};
}

Address Address::of_uri(std::string_view host, std::uint16_t port) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {std::string(host), port};
}

std::string Address::uri_host() const {
  return host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
}

std::string Address::text() const {
  return fmt::format("{}:{}", uri_host(), port);
}

}  // namespace tollgate
