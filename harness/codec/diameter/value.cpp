//   Integer32, Unsigned32, Enumerated, Time = 4 octets; Integer64, Unsigned64 = 8 octets      RFC 6733 4.2, 4.3.1
//   Address          = AddressType(16) address, of which 1 is IPv4 and 2 is IPv6
//   DiameterIdentity = FQDN / Realm; every Session-Id begins with one                          RFC 6733 4.3.1, 8.8
//   DiameterURI      = ( "aaa://" / "aaas://" ) FQDN [ port ] [ transport ] [ protocol ]
#include "codec/diameter/value.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.hpp"
#include "codec/diameter/big_endian.hpp"
#include "codec/utf8.hpp"

namespace tollgate::diameter {

namespace {

using Checked = std::optional<ValueError>;

constexpr std::uint32_t session_id_code = 263;
constexpr std::string_view basic = "RFC 6733 4.2", derived = "RFC 6733 4.3.1";

Checked bad_length(std::string_view clause, std::string_view detail) {
  return ValueError{.at = 0, .answer = 5014, .clause = clause, .detail = detail};
}
Checked bad_value(std::size_t at, std::string_view clause, std::string_view detail) {
  return ValueError{.at = at, .answer = 5004, .clause = clause, .detail = detail};
}

Checked check_number(AvpRule const& rule, std::string_view data, std::size_t size) {
  if (data.size() != size) return bad_length(basic, size == 4 ? "is not 4 octets" : "is not 8 octets");
  constexpr auto no_bound = std::numeric_limits<std::uint64_t>::max();
  if (rule.most != no_bound && read_number(data, size) > rule.most)
    return bad_value(0, rule.clause, "no sensible amount: read as signed, it is negative");
  return std::nullopt;
}

Checked check_enumerated(AvpRule const& rule, std::string_view data) {
  if (data.size() != 4) return bad_length(derived, "is not 4 octets");
  auto const value = read_u32(data);
  bool const is_listed = rule.values.empty() || std::ranges::find(rule.values, value, &EnumValue::value) != rule.values.end();
  return is_listed ? std::nullopt : bad_value(0, rule.clause, "none of the values that are defined");
}

Checked check_utf8(std::string_view data) {
  auto const end = std::min(first_not_utf8(data), data.find('\0'));
  return end >= data.size() ? std::nullopt : bad_value(end, derived, "not UTF-8");
}

bool is_identity_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

/// Labels with a dot between and none empty, but that a dot may end the last one, as in the DNS (RFC 1035 2.3.1, 2.3.4).
Checked check_identity(std::string_view data) {
  constexpr std::size_t label_max = 63;
  if (data.empty()) return bad_value(0, derived, "an empty name");
  auto const bad = std::ranges::find_if_not(data, is_identity_octet);
  if (bad != data.end()) return bad_value(static_cast<std::size_t>(bad - data.begin()), derived, "an octet that no domain name has");
  for (std::size_t at = 0; at < data.size();) {
    auto const end = std::min(data.find('.', at), data.size());
    if (end == at) return bad_value(at, derived, "an empty label");
    if (end - at > label_max) return bad_value(at, derived, "a label of more than 63 octets");
    at = end + 1;
  }
  return std::nullopt;
}

/// "MUST begin with the sender's identity", before the first semicolon.
Checked check_session_id(std::string_view data) {
  if (data.empty() || data.front() == ';') return bad_value(0, "RFC 6733 8.8", "does not begin with the sender's identity");
  return check_utf8(data);
}

/// The size of the one of `words` that `text` begins with, in any case; 0 where it begins with none.
template <std::size_t N>
std::size_t word_size(std::string_view text, std::array<std::string_view, N> const& words) {
  auto const found = std::ranges::find_if(words, [&](std::string_view word) { return iequals(text.substr(0, word.size()), word); });
  return found == words.end() ? 0 : found->size();
}

/// [ ":" 1*DIGIT ] [ ";transport=" ( "tcp" / "sctp" / "udp" ) ] [ ";protocol=" ( "diameter" / "radius" / "tacacs+" ) ]
/// from `at` on; UDP never carries Diameter.
Checked check_uri_end(std::string_view data, std::size_t at) {
  constexpr std::array<std::string_view, 1> transport{";transport="}, protocol{";protocol="}, udp{"udp"};
  constexpr std::array<std::string_view, 3> transports{"tcp", "sctp", "udp"}, protocols{"diameter", "radius", "tacacs+"};
  constexpr std::uint64_t port_max = 65535;
  if (at < data.size() && data[at] == ':') {
    auto const end = std::min(data.find(';', at), data.size());
    auto const port = to_number<std::uint64_t>(data.substr(at + 1, end - at - 1));
    if (!port || *port == 0 || *port > port_max) return bad_value(at + 1, derived, "not a port");
    at = end;
  }
  bool is_udp = false;
  if (auto const name = word_size(data.substr(at), transport); name != 0) {
    auto const value = word_size(data.substr(at + name), transports);
    if (value == 0) return bad_value(at + name, derived, "neither tcp nor sctp nor udp");
    is_udp = word_size(data.substr(at + name), udp) != 0;
    at += name + value;
  }
  bool is_diameter = true;
  if (auto const name = word_size(data.substr(at), protocol); name != 0) {
    auto const value = word_size(data.substr(at + name), protocols);
    if (value == 0) return bad_value(at + name, derived, "neither diameter nor radius nor tacacs+");
    is_diameter = iequals(data.substr(at + name, value), protocols.front());
    at += name + value;
  }
  if (at != data.size()) return bad_value(at, derived, "neither port nor transport nor protocol, in this order");
  return is_udp && is_diameter ? bad_value(0, derived, "UDP does not carry Diameter") : std::nullopt;
}

Checked check_uri(std::string_view data) {
  constexpr std::array<std::string_view, 2> schemes{"aaa://", "aaas://"};
  auto const scheme = word_size(data, schemes);
  if (scheme == 0) return bad_value(0, derived, "neither aaa:// nor aaas://");
  auto const host = std::min(data.find_first_of(":;", scheme), data.size());
  if (auto error = check_identity(data.substr(scheme, host - scheme))) {
    error->at += scheme;
    return error;
  }
  return check_uri_end(data, host);
}

Checked check_address(std::string_view data) {
  constexpr std::size_t ipv4 = 2 + 4, ipv6 = 2 + 16;
  if (data.size() < 2) return bad_length(derived, "no AddressType");
  constexpr std::uint64_t reserved_first = 0, reserved_last = 65535;
  auto const family = read_number(data, 2);
  if (family == reserved_first || family == reserved_last) return bad_value(0, derived, "a reserved AddressType");
  if ((family == 1 && data.size() != ipv4) || (family == 2 && data.size() != ipv6)) {
    return bad_length(derived, "another length than its AddressType has");
  }
  return std::nullopt;
}

}  // namespace

Checked check_value(AvpRule const& rule, std::string_view data) {
  switch (rule.type) {
    case Type::integer32:
    case Type::unsigned32: return check_number(rule, data, 4);
    case Type::integer64:
    case Type::unsigned64: return check_number(rule, data, 8);
    case Type::time: return data.size() == 4 ? std::nullopt : bad_length(derived, "is not 4 octets");
    case Type::enumerated: return check_enumerated(rule, data);
    case Type::utf8_string: return rule.vendor == 0 && rule.code == session_id_code ? check_session_id(data) : check_utf8(data);
    case Type::diameter_identity: return check_identity(data);
    case Type::diameter_uri: return check_uri(data);
    case Type::address: return check_address(data);
    case Type::octet_string:
    case Type::grouped: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace tollgate::diameter
