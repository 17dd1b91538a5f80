//   Integer32, Unsigned32, Enumerated, Time = 4 octets; Integer64, Unsigned64 = 8 octets      RFC 6733 4.2, 4.3.1
//   Address          = AddressType(16) address, of which 1 is IPv4 and 2 is IPv6
//   DiameterIdentity = FQDN / Realm
//   DiameterURI      = ( "aaa://" / "aaas://" ) FQDN [ port ] [ transport ] [ protocol ]
#include "codec/diameter/value.hpp"

#include <algorithm>
#include <limits>

#include "codec/diameter/big_endian.hpp"
#include "codec/utf8.hpp"

namespace tollgate::diameter {

namespace {

using Checked = std::optional<ValueError>;

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

Checked check_identity(std::string_view data) {
  if (data.empty()) return bad_value(0, derived, "an empty name");
  auto const bad = std::ranges::find_if_not(data, is_identity_octet);
  if (bad == data.end()) return std::nullopt;
  return bad_value(static_cast<std::size_t>(bad - data.begin()), derived, "an octet that no domain name has");
}

Checked check_uri(std::string_view data) {
  auto const scheme = data.starts_with("aaa://") ? 6U : data.starts_with("aaas://") ? 7U : 0U;
  if (scheme == 0) return bad_value(0, derived, "neither aaa:// nor aaas://");
  auto const host = std::min(data.find_first_of(":;", scheme), data.size());
  if (auto error = check_identity(data.substr(scheme, host - scheme))) {
    error->at += scheme;
    return error;
  }
  return std::nullopt;
}

Checked check_address(std::string_view data) {
  constexpr std::size_t ipv4 = 2 + 4, ipv6 = 2 + 16;
  if (data.size() < 2) return bad_length(derived, "no AddressType");
  auto const family = read_number(data, 2);
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
    case Type::utf8_string: return check_utf8(data);
    case Type::diameter_identity: return check_identity(data);
    case Type::diameter_uri: return check_uri(data);
    case Type::address: return check_address(data);
    case Type::octet_string:
    case Type::grouped: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace tollgate::diameter
