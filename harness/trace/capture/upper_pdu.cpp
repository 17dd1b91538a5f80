#include "trace/capture/upper_pdu.hpp"

#include <array>

#include "codec/diameter/big_endian.hpp"

namespace tollgate::trace {

using diameter::append_number;
using diameter::read_number;

namespace {

constexpr std::string_view tags = "exported_pdu_tlvs.h";

constexpr std::uint16_t tag_end = 0, tag_dissector = 12, tag_ipv4_from = 20, tag_ipv4_to = 21, tag_ipv6_from = 22, tag_ipv6_to = 23,
                        tag_port_type = 24, tag_port_from = 25, tag_port_to = 26, tag_protocol = 33, tag_info = 36, tag_user_data = 37;
constexpr std::uint32_t port_tcp = 2, port_udp = 3;
constexpr std::size_t info_max = 1024;
constexpr std::size_t head = 4;  // octets of a tag and its length

/// Lengths of tags are multiples of 4; a text is filled up with `filler`.
void append_tag(Octets& to, std::uint16_t tag, std::string_view value, char filler = '\0') {
  auto const padded = (value.size() + 3) / 4 * 4;
  append_number(to, tag, 2);
  append_number(to, padded, 2);
  to += value;
  to.append(padded - value.size(), filler);
}

void append_address(Octets& to, std::optional<SocketAddress> const& end, std::uint16_t ipv4, std::uint16_t ipv6) {
  if (end) append_tag(to, end->is_ipv6() ? ipv6 : ipv4, end->ip);
}

void append_numbered(Octets& to, std::uint16_t tag, std::uint64_t value) {
  append_number(to, tag, 2);
  append_number(to, 4, 2);
  append_number(to, value, 4);
}

void set_ip(std::optional<SocketAddress>& end, std::string_view ip, std::size_t size) {
  if (ip.size() != size) return;
  if (!end) end.emplace();
  end->ip = ip;
}

void set_port(std::optional<SocketAddress>& end, std::string_view value) {
  if (end && value.size() == 4) end->port = static_cast<std::uint16_t>(read_number(value, 4));
}

/// Without what fills a text up.
std::string text(std::string_view value) {
  return std::string(value.substr(0, value.find('\0')));
}

void take(UpperPdu& pdu, std::uint64_t tag, std::string_view value) {
  switch (tag) {
    case tag_dissector: pdu.dissector = text(value); break;
    case tag_ipv4_from: set_ip(pdu.from, value, SocketAddress::ipv4_size); break;
    case tag_ipv6_from: set_ip(pdu.from, value, SocketAddress::ipv6_size); break;
    case tag_ipv4_to: set_ip(pdu.to, value, SocketAddress::ipv4_size); break;
    case tag_ipv6_to: set_ip(pdu.to, value, SocketAddress::ipv6_size); break;
    case tag_port_type: pdu.is_datagram = value.size() == 4 && read_number(value, 4) == port_udp; break;
    case tag_port_from: set_port(pdu.from, value); break;
    case tag_port_to: set_port(pdu.to, value); break;
    case tag_protocol: pdu.protocol = text(value); break;
    case tag_info: pdu.info = text(value); break;
    case tag_user_data: pdu.user_data = value; break;
    default: break;
  }
}

}  // namespace

Octets write(UpperPdu const& pdu) {
  Octets packet;
  append_tag(packet, tag_dissector, pdu.dissector);
  append_address(packet, pdu.from, tag_ipv4_from, tag_ipv6_from);
  append_address(packet, pdu.to, tag_ipv4_to, tag_ipv6_to);
  append_numbered(packet, tag_port_type, pdu.is_datagram ? port_udp : port_tcp);
  if (pdu.from) append_numbered(packet, tag_port_from, pdu.from->port);
  if (pdu.to) append_numbered(packet, tag_port_to, pdu.to->port);
  if (!pdu.protocol.empty()) append_tag(packet, tag_protocol, pdu.protocol);
  if (!pdu.info.empty()) append_tag(packet, tag_info, pdu.info.substr(0, info_max));
  if (!pdu.user_data.empty() && pdu.user_data.size() <= user_data_max) append_tag(packet, tag_user_data, pdu.user_data, ' ');
  append_number(packet, tag_end, 4);
  return packet + pdu.octets;
}

Parsed<UpperPdu> read_upper_pdu(std::string_view packet) {
  UpperPdu pdu;
  std::size_t at = 0;
  while (true) {
    if (packet.size() - at < head) return invalid(at, "tag", tags, "the packet ends before the last tag");
    auto const tag = read_number(packet.substr(at), 2);
    auto const length = static_cast<std::size_t>(read_number(packet.substr(at + 2), 2));
    at += head;
    if (length > packet.size() - at) return invalid(at - 2, "length", tags, "the packet ends before");
    if (tag == tag_end) break;
    take(pdu, tag, packet.substr(at, length));
    at += length;
  }
  pdu.octets = packet.substr(at);
  return pdu;
}

}  // namespace tollgate::trace
