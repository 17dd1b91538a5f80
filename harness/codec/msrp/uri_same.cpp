/// Whether two MSRP URIs name the same session (RFC 4975 6.1): scheme, host and transport in any case, an explicit
/// address as an address, percent-encoded unreserved characters decoded, port and session-id exactly; userinfo and
/// further parameters do not count.
#include <arpa/inet.h>
#include <array>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "codec/msrp/ident.hpp"
#include "codec/msrp/uri.hpp"

namespace tollgate::msrp {

static std::optional<char> decoded(std::string_view pct) {
  auto const value = [](char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    return digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
  };
  if (pct.size() < 3 || pct[0] != '%') return std::nullopt;
  auto const high = value(pct[1]);
  auto const low = value(pct[2]);
  if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

/// Lower case, with every percent-encoded unreserved character as itself (RFC 3986 6.2.2).
static std::string normal_host(std::string_view host) {
  constexpr std::string_view marks = "-._~";
  std::string out;
  for (std::size_t at = 0; at < host.size();) {
    auto const c = decoded(host.substr(at, 3));
    bool const decode = c && (is_alphanum(*c) || marks.contains(*c));
    out += decode ? *c : host[at];
    at += decode ? 3 : 1;
  }
  return lower(out);
}

static std::optional<std::array<unsigned char, 16>> ipv6(std::string_view host) {
  if (!host.starts_with('[') || !host.ends_with(']') || host.size() < 2) return std::nullopt;
  std::array<unsigned char, 16> address{};
  if (inet_pton(AF_INET6, std::string(host.substr(1, host.size() - 2)).c_str(), address.data()) != 1) return std::nullopt;
  return address;
}

static bool same_host(std::string_view a, std::string_view b) {
  auto const address_a = ipv6(a);
  auto const address_b = ipv6(b);
  if (address_a && address_b) return *address_a == *address_b;
  return normal_host(a) == normal_host(b);
}

bool same(Uri const& a, Uri const& b) {
  return iequals(a.scheme, b.scheme) && same_host(a.host, b.host) && a.port == b.port && a.session_id == b.session_id &&
         iequals(a.transport, b.transport);
}

}  // namespace tollgate::msrp
