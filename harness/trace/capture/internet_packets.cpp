#include "trace/capture/internet_packets.hpp"

#include "codec/diameter/big_endian.hpp"

namespace tollgate::trace {

using diameter::append_number;

static constexpr std::uint8_t protocol_tcp = 6, protocol_udp = 17;
static constexpr std::uint8_t flag_fin = 1, flag_syn = 2, flag_psh = 8, flag_ack = 16;
static constexpr std::size_t datagram_most = 65'000;  // below 65535 less the headers of either IP
static constexpr std::size_t udp_checksum_at = 6, tcp_checksum_at = 16;

/// RFC 1071: the one's complement of the one's complement sum of 16-bit words.
static std::uint16_t checksum(std::string_view octets) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    auto const octet = static_cast<std::uint32_t>(static_cast<unsigned char>(octets[i]));
    sum += i % 2 == 0 ? octet << 8U : octet;
    sum = (sum & 0xFFFFU) + (sum >> 16U);
  }
  return static_cast<std::uint16_t>(~sum);
}

static void put_checksum(Octets& header, std::size_t at, std::uint16_t value) {
  header[at] = static_cast<char>(value >> 8U);
  header[at + 1] = static_cast<char>(value & 0xFFU);
}

/// An IP header before `payload`, whose own checksum at `checksum_at` covers the pseudo header too.
static Octets in_ip(SocketAddress const& from, SocketAddress const& to, std::uint8_t protocol, Octets payload, std::size_t checksum_at) {
  Octets pseudo = from.ip + to.ip;
  append_number(pseudo, protocol, 4);
  append_number(pseudo, payload.size(), 4);
  auto const sum = checksum(pseudo + payload);
  put_checksum(payload, checksum_at, sum == 0 && protocol == protocol_udp ? 0xFFFF : sum);  // RFC 768: 0 means none

  Octets header;
  constexpr std::uint8_t hops = 64;
  if (from.is_ipv6()) {
    append_number(header, 0x60000000, 4);
    append_number(header, payload.size(), 2);
    append_number(header, protocol, 1);
    append_number(header, hops, 1);
    return header + from.ip + to.ip + payload;
  }
  constexpr std::size_t header_size = 20, header_checksum_at = 10;
  append_number(header, 0x4500, 2);
  append_number(header, header_size + payload.size(), 2);
  append_number(header, 0x4000, 4);  // identification 0, don't fragment
  append_number(header, hops, 1);
  append_number(header, protocol, 1);
  append_number(header, 0, 2);
  header += from.ip + to.ip;
  put_checksum(header, header_checksum_at, checksum(header));
  return header + payload;
}

static Octets datagram(SocketAddress const& from, SocketAddress const& to, std::string_view payload) {
  constexpr std::size_t header_size = 8;
  payload = payload.substr(0, datagram_most);
  Octets udp;
  append_number(udp, from.port, 2);
  append_number(udp, to.port, 2);
  append_number(udp, header_size + payload.size(), 2);
  append_number(udp, 0, 2);
  udp += payload;
  return in_ip(from, to, protocol_udp, std::move(udp), udp_checksum_at);
}

Octets InternetPackets::segment(Flow const& flow, std::uint8_t flags, std::string_view payload) {
  auto const& [from, to] = flow;
  std::uint32_t& sequence = next_[flow];
  std::uint32_t const acknowledged = (flags & flag_ack) != 0 ? next_[{to, from}] : 0;
  Octets tcp;
  append_number(tcp, from.port, 2);
  append_number(tcp, to.port, 2);
  append_number(tcp, sequence, 4);
  append_number(tcp, acknowledged, 4);
  append_number(tcp, 0x50, 1);  // no options
  append_number(tcp, flags, 1);
  append_number(tcp, 0xFFFF, 2);  // window
  append_number(tcp, 0, 4);       // checksum, urgent pointer
  tcp += payload;
  sequence += static_cast<std::uint32_t>(payload.size()) + ((flags & (flag_syn | flag_fin)) != 0 ? 1U : 0U);
  return in_ip(from, to, protocol_tcp, std::move(tcp), tcp_checksum_at);
}

std::vector<Octets> InternetPackets::stream(Flow const& flow, std::string_view octets) {
  std::vector<Octets> packets;
  Flow const back{flow.second, flow.first};
  if (!next_.contains(flow)) {
    packets.push_back(segment(flow, flag_syn, {}));
    packets.push_back(segment(back, flag_syn | flag_ack, {}));
    packets.push_back(segment(flow, flag_ack, {}));
  }
  do {
    packets.push_back(segment(flow, flag_psh | flag_ack, octets.substr(0, datagram_most)));
    octets.remove_prefix(std::min(octets.size(), datagram_most));
  } while (!octets.empty());
  return packets;
}

/// From the sender to the receiver; unknown addresses become 0.0.0.0:0.
static std::pair<SocketAddress, SocketAddress> ends(Event const& event) {
  SocketAddress const nowhere{Octets(4, '\0'), 0};
  auto local = SocketAddress::parse(event.local).value_or(nowhere);
  auto remote = SocketAddress::parse(event.remote).value_or(nowhere);
  if (local.is_ipv6() != remote.is_ipv6()) local = remote = nowhere;
  if (event.direction == Direction::sent) return {std::move(local), std::move(remote)};
  return {std::move(remote), std::move(local)};
}

std::vector<Octets> InternetPackets::carry(Event const& message) {
  auto const flow = ends(message);
  if (message.transport == Transport::udp) return {datagram(flow.first, flow.second, message.octets)};
  return stream(flow, message.octets);
}

std::vector<Octets> InternetPackets::close(Event const& closed) {
  auto const flow = ends(closed);
  if (!next_.contains(flow)) return {};
  std::vector<Octets> packets{segment(flow, flag_fin | flag_ack, {})};
  packets.push_back(segment({flow.second, flow.first}, flag_ack, {}));
  next_.erase(flow);  // the same ports may serve another connection later
  next_.erase({flow.second, flow.first});
  return packets;
}

}  // namespace tollgate::trace
