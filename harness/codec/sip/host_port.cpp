/// hostport   = host [ ":" port ],  host = hostname / IPv4address / IPv6reference
/// hostname   = *( domainlabel "." ) toplabel [ "." ];  a toplabel starts with a letter   (RFC 3261 25.1)
#include "codec/sip/host_port.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "codec/ip_address.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 25.1";
static constexpr CharSet label_set = alphanum_set | "-";
static constexpr CharSet hostname_set = label_set | ".";

bool is_ipv6_address(std::string_view text) {
  constexpr std::string_view three = ":::";
  auto const colons = text.find(three);
  if (colons == std::string_view::npos || !is_ipv4(text.substr(colons + three.size()))) return is_ipv6(text);
  return is_ipv6(std::string(text).erase(colons, 1));
}

/// IPv4address = 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT "." 1*3DIGIT, each of an octet: leading zeros are allowed.
static bool is_ipv4_address(std::string_view text) {
  constexpr std::size_t digits_max = 3;
  for (int part = 1;; ++part) {
    auto const digits = digit_set.run(text);
    if (digits > digits_max || !to_number<std::uint8_t>(text.substr(0, digits))) return false;
    text.remove_prefix(digits);
    if (part == 4) return text.empty();
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
  }
}

static Parsed<std::size_t> ipv6_size(std::string_view text) {
  auto const close = text.find(']');
  if (close == std::string_view::npos) return invalid(text.size(), "IPv6reference", clause, "expected ]");
  auto const address = text.substr(1, close - 1);
  if (!is_ipv6_address(address)) return invalid(1, "IPv6address", clause, "not an IPv6 address");
  return close + 1;
}

/// Octets of the hostname or IPv4address that `text` starts with.
static Parsed<std::size_t> name_size(std::string_view text) {
  if (!text.empty() && is_digit(text[0]))
    if (auto const size = hostname_set.run(text); is_ipv4_address(text.substr(0, size))) return size;
  for (std::size_t at = 0;;) {
    auto const end = at + label_set.run(text, at);
    bool const has_dot = end < text.size() && text[end] == '.';
    bool const is_last = !has_dot || !hostname_set.contains(end + 1 < text.size() ? text[end + 1] : ' ');
    if (end == at && at == 0 && !has_dot) return invalid(0, "host", clause, "expected a host");
    if (end == at) return invalid(at, "domainlabel", clause, "empty");
    if (text[at] == '-') return invalid(at, "domainlabel", clause, "starts with -");
    if (text[end - 1] == '-') return invalid(end - 1, "domainlabel", clause, "ends with -");
    if (is_last && !is_alpha(text[at])) return invalid(at, "toplabel", clause, "starts with no letter");
    if (is_last) return end + (has_dot ? 1 : 0);
    at = end + 1;
  }
}

Parsed<HostPort> parse_host_port(std::string_view text, bool spaced) {
  auto const host = text.starts_with('[') ? ipv6_size(text) : name_size(text);
  if (!host) return std::unexpected(host.error());
  auto at = *host;
  HostPort out{text.substr(0, at), std::nullopt};
  if (spaced) at += space_size(text.substr(at));
  if (at == text.size()) return out;
  if (text[at] != ':') return invalid(at, "hostport", clause, "unexpected character in a host");
  ++at;
  if (spaced) at += space_size(text.substr(at));
  auto const port = spaced ? trim(text.substr(at)) : text.substr(at);
  out.port = to_number<std::uint16_t>(port);
  if (!out.port) return invalid(at, "port", clause, "expected a number up to 65535");
  return out;
}

}  // namespace tollgate::sip
