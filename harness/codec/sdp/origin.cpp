#include "codec/sdp/origin.hpp"

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "codec/ip_address.hpp"
#include "codec/sdp/characters.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

/// FQDN = 4*( alpha-numeric / "-" / "." ), of which we take shorter ones too
static constexpr CharSet fqdn_set = alphanum_set | "-.";

/// nettype SP addrtype SP address, where a field of `rule` wants them.
static Parsed<Address> read_address(Words& words, std::string_view rule, std::string_view clause) {
  auto const network = words.next_or_end();
  auto const type = words.next_or_end();
  for (auto const& [word, name] : {std::pair(network, "nettype"), std::pair(type, "addrtype")})
    if (word.text.empty() || token_set.run(word.text) < word.text.size()) return invalid(word.offset, name, clause, "expected a token");
  auto const address = words.next_or_end();
  if (address.text.empty()) return invalid(address.offset, rule, clause, "expected an address");
  if (Address const other{network.text, type.text, address.text}; !other.is_ip()) return other;
  bool const is_ip6 = type.text == "IP6";
  auto const host = address.text.substr(0, address.text.find('/'));
  bool const is_name = fqdn_set.run(host) == host.size() && !host.empty();
  if ((!is_name && !(is_ip6 && is_ipv6(host))) || (is_ip6 && is_ipv4(host)))
    return invalid(address.offset, "unicast-address", clause, "neither a host name nor an address of its type");
  return Address{network.text, type.text, host};
}

Parsed<Origin> parse_origin(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.2";
  Words words(line);
  Origin origin;
  auto const username = words.next_or_end();
  if (username.text.empty()) return invalid(username.offset, "username", clause, "empty");
  origin.username = username.text;
  auto const id = words.next_or_end();
  auto const version = words.next_or_end();
  for (auto const& [number, rule] : {std::pair(id, "sess-id"), std::pair(version, "sess-version")})
    if (number.text.empty() || digit_set.run(number.text) < number.text.size())
      return invalid(number.offset, rule, clause, "expected digits");
  origin.session_id = id.text;
  origin.session_version = version.text;
  auto const address = read_address(words, "origin-field", clause);
  if (!address) return std::unexpected(address.error());
  if (!words.at_end()) return invalid(words.rest().offset, "origin-field", clause, "more than six parts");
  origin.address = *address;
  return origin;
}

enum class Cast : std::uint8_t { unicast, multicast, unknown };

/// What an address of IP is; that of a name nobody can tell.
static Cast cast_of(Address const& address) {
  if (address.type == "IP6") {
    if (!is_ipv6(address.text)) return Cast::unknown;
    return iequals(address.text.substr(0, 2), "ff") ? Cast::multicast : Cast::unicast;
  }
  if (!is_ipv4(address.text)) return Cast::unknown;
  auto const first = to_number<std::uint8_t>(address.text.substr(0, address.text.find('.'))).value_or(0);
  constexpr std::uint8_t least = 224, most = 239;
  return first >= least && first <= most ? Cast::multicast : Cast::unicast;
}

/// [ "/" ttl ] [ "/" count ] behind a multicast address; IP6 has no ttl.
static Parsed<void> read_multicast(std::string_view numbers, bool has_ttl, Connection& out, std::size_t at) {
  constexpr std::string_view clause = "RFC 8866 5.7";
  constexpr std::uint32_t ttl_max = 255;
  auto const slash = numbers.find('/');
  auto const first = to_number<std::uint32_t>(numbers.substr(0, slash));
  if (!first || (has_ttl ? *first > ttl_max : *first == 0)) return invalid(at, has_ttl ? "ttl" : "integer", clause, "not in range");
  if (has_ttl)
    out.ttl = first;
  else
    out.count = *first;
  if (slash == std::string_view::npos) return {};
  auto const second = to_number<std::uint32_t>(numbers.substr(slash + 1));
  if (!second || *second == 0 || !has_ttl) return invalid(at + slash + 1, "integer", clause, "not in range");
  out.count = *second;
  return {};
}

Parsed<Connection> parse_connection(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.7";
  Words words(line);
  auto const address = read_address(words, "connection-field", clause);
  if (!address) return std::unexpected(address.error());
  if (!words.at_end()) return invalid(words.rest().offset, "connection-field", clause, "more than three parts");
  Connection connection{.address = *address, .ttl = {}};
  if (!address->is_ip()) return connection;
  auto const cast = cast_of(*address);
  auto const after = line.text.find('/');
  if (after == std::string_view::npos) {
    bool const lacks_ttl = cast == Cast::multicast && address->type == "IP4";
    return lacks_ttl ? Parsed<Connection>(invalid(line.offset + line.text.size(), "ttl", clause, "missing")) : connection;
  }
  if (cast == Cast::unicast) return invalid(line.offset + after, "connection-address", clause, "no / behind a unicast address");
  auto const read = read_multicast(line.text.substr(after + 1), address->type == "IP4", connection, line.offset + after + 1);
  if (!read) return std::unexpected(read.error());
  return connection;
}

Parsed<Origin> origin(Lines lines) {
  auto const line = session_section(lines).find('o');
  if (!line) return invalid(0, "origin-field", "RFC 8866 5.2", "missing");
  return parse_origin(*line);
}

Parsed<Connection> connection(Section const& session, Section const& media) {
  auto line = media.find('c');
  if (!line) line = session.find('c');
  if (!line) return invalid(media.at(0).offset, "connection-field", "RFC 8866 5.7", "missing");
  return parse_connection(*line);
}

}  // namespace tollgate::sdp
