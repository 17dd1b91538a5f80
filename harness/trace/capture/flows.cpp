#include "trace/capture/flows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "codec/diameter/big_endian.hpp"
#include "trace/capture/upper_pdu.hpp"

namespace tollgate::trace {
namespace {

using diameter::read_number;

std::size_t u16(std::string_view octets, std::size_t at) {
  return static_cast<std::size_t>(read_number(octets.substr(at), 2));
}
unsigned u8(std::string_view octets, std::size_t at) {
  return static_cast<unsigned char>(octets[at]);
}

constexpr std::size_t ethertype_vlan = 0x8100, ethertype_ipv4 = 0x0800, ethertype_ipv6 = 0x86DD;

/// Behind the link layer; "" where something else than IP stands there.
std::string_view internet_of(Packet const& packet) {
  std::string_view const data = packet.data;
  auto const behind = [&](std::size_t header, std::size_t type_at) -> std::string_view {
    if (data.size() < header) return {};
    auto const type = u16(data, type_at);
    return type == ethertype_ipv4 || type == ethertype_ipv6 ? data.substr(header) : std::string_view();
  };
  constexpr std::size_t family = 4, ethernet = 14, vlan = 4, sll = 16, sll2 = 20;
  switch (packet.link_type) {
    case link_type::raw:
    case link_type::ipv4:
    case link_type::ipv6: return data;
    case link_type::null:
    case link_type::loop: return data.substr(std::min(data.size(), family));
    case link_type::ethernet:
      if (data.size() >= ethernet && u16(data, ethernet - 2) == ethertype_vlan) return behind(ethernet + vlan, ethernet + vlan - 2);
      return behind(ethernet, ethernet - 2);
    case link_type::linux_sll: return behind(sll, sll - 2);
    case link_type::linux_sll2: return behind(sll2, 0);
    default: return {};
  }
}

struct Carried {
  unsigned protocol = 0;
  Octets from, to;  ///< IP addresses
  std::string_view payload;
};

/// RFC 791 3.1. Nothing for a fragment.
std::optional<Carried> in_ipv4(std::string_view ip) {
  constexpr std::size_t least = 20;
  if (ip.size() < least) return std::nullopt;
  auto const header = std::size_t{u8(ip, 0) & 0xFU} * 4;
  auto const total = u16(ip, 2) == 0 ? ip.size() : u16(ip, 2);  // 0: the network card cut it into segments
  constexpr std::size_t more_fragments_or_offset = 0x3FFF;
  if (header < least || total < header || total > ip.size() || (u16(ip, 6) & more_fragments_or_offset) != 0) return std::nullopt;
  return Carried{u8(ip, 9), Octets(ip.substr(12, 4)), Octets(ip.substr(16, 4)), ip.substr(header, total - header)};
}

/// RFC 8200 3. Nothing behind an extension header other than options, as a fragment is.
std::optional<Carried> in_ipv6(std::string_view ip) {
  constexpr std::size_t header = 40;
  constexpr unsigned hop_by_hop = 0, routing = 43, destination = 60;
  if (ip.size() < header || u16(ip, 4) > ip.size() - header) return std::nullopt;
  Carried carried{u8(ip, 6), Octets(ip.substr(8, 16)), Octets(ip.substr(24, 16)), ip.substr(header, u16(ip, 4))};
  while (carried.protocol == hop_by_hop || carried.protocol == routing || carried.protocol == destination) {
    if (carried.payload.size() < 8) return std::nullopt;
    auto const size = (std::size_t{u8(carried.payload, 1)} + 1) * 8;
    if (size > carried.payload.size()) return std::nullopt;
    carried.protocol = u8(carried.payload, 0);
    carried.payload.remove_prefix(size);
  }
  return carried;
}

std::optional<Carried> carried_by(Packet const& packet) {
  auto const ip = internet_of(packet);
  if (ip.empty() || packet.is_cut) return std::nullopt;
  constexpr unsigned version_4 = 4, version_6 = 6;
  switch (u8(ip, 0) >> 4U) {
    case version_4: return in_ipv4(ip);
    case version_6: return in_ipv6(ip);
    default: return std::nullopt;
  }
}

/// One direction of a TCP connection.
class OneWay {
 public:
  /// What follows without a gap, with what had come before its time.
  Octets take(std::uint32_t sequence, bool opens, std::string_view payload) {
    if (opens) {
      *this = OneWay();
      ++sequence;
    }
    if (opens || !next_) next_ = furthest_ = sequence;
    auto const end = sequence + static_cast<std::uint32_t>(payload.size());
    if (static_cast<std::int32_t>(end - furthest_) > 0) furthest_ = end;
    if (!payload.empty() && waiting_octets_ < waiting_octets_max && waiting_.size() < waiting_max) {
      waiting_.emplace(static_cast<std::int32_t>(sequence - *next_), payload);
      waiting_octets_ += payload.size();
    }
    return in_order();
  }
  [[nodiscard]] bool has_gap() const { return furthest_ != *next_; }

 private:
  static constexpr std::size_t waiting_octets_max = 16U << 20U, waiting_max = 4096;  // what lies behind more is lost

  Octets in_order() {
    Octets octets;
    while (!waiting_.empty() && waiting_.begin()->first <= 0) {
      auto const [offset, segment] = *waiting_.begin();
      waiting_.erase(waiting_.begin());
      waiting_octets_ -= segment.size();
      auto const known = static_cast<std::size_t>(-std::int64_t{offset});
      if (known < segment.size()) advance(octets, std::string_view(segment).substr(known));
    }
    return octets;
  }
  void advance(Octets& octets, std::string_view fresh) {
    octets += fresh;
    *next_ += static_cast<std::uint32_t>(fresh.size());
    std::multimap<std::int32_t, Octets> later;
    for (auto& [offset, segment] : waiting_) later.emplace(offset - static_cast<std::int32_t>(fresh.size()), std::move(segment));
    waiting_ = std::move(later);
  }

  std::uint32_t furthest_ = 0;                        ///< behind the last octet that is known to have been sent
  std::optional<std::uint32_t> next_;                 ///< sequence number of the next octet
  std::multimap<std::int32_t, Octets> waiting_;       ///< by its distance from `next_`
  std::size_t waiting_octets_ = 0;
};

class Reader {
 public:
  void take(Packet const& packet) {
    if (packet.link_type == link_type::upper_pdu) return take_pdu(packet);
    auto const carried = carried_by(packet);
    constexpr unsigned tcp = 6, udp = 17;
    if (carried && carried->protocol == udp) return take_udp(packet.at_ns, *carried);
    if (carried && carried->protocol == tcp) return take_tcp(packet.at_ns, *carried);
    ++flows_.unread;
  }
  Flows finish() {
    flows_.gaps = static_cast<std::size_t>(std::ranges::count_if(directions_, [](auto const& one) { return one.second.has_gap(); }));
    return std::move(flows_);
  }

 private:
  /// Somebody else's, whose messages are whole: each is a datagram, also what went over TCP.
  void take_pdu(Packet const& packet) {
    auto pdu = read_upper_pdu(packet.data);
    if (!pdu || !pdu->from || !pdu->to) {
      ++flows_.unread;
      return;
    }
    flows_.pieces.push_back(
        {pdu->is_datagram ? Piece::Kind::datagram : Piece::Kind::octets, packet.at_ns, *pdu->from, *pdu->to, std::move(pdu->octets)});
  }

  void take_udp(std::int64_t at_ns, Carried const& ip) {
    constexpr std::size_t header = 8;
    if (ip.payload.size() < header) {
      ++flows_.unread;
      return;
    }
    flows_.pieces.push_back({Piece::Kind::datagram,
                             at_ns,
                             {ip.from, static_cast<std::uint16_t>(u16(ip.payload, 0))},
                             {ip.to, static_cast<std::uint16_t>(u16(ip.payload, 2))},
                             Octets(ip.payload.substr(header))});
  }

  void take_tcp(std::int64_t at_ns, Carried const& ip) {
    constexpr std::size_t least = 20;
    constexpr unsigned fin = 1, syn = 2, rst = 4;
    auto const header = ip.payload.size() < least ? 0 : std::size_t{u8(ip.payload, 12) >> 4U} * 4;
    if (header < least || header > ip.payload.size()) {
      ++flows_.unread;
      return;
    }
    SocketAddress const from{ip.from, static_cast<std::uint16_t>(u16(ip.payload, 0))},
        to{ip.to, static_cast<std::uint16_t>(u16(ip.payload, 2))};
    auto const flags = u8(ip.payload, 13);
    auto& direction = directions_[{from, to}];
    auto octets =
        direction.take(static_cast<std::uint32_t>(read_number(ip.payload.substr(4), 4)), (flags & syn) != 0, ip.payload.substr(header));
    if (!octets.empty()) flows_.pieces.push_back({Piece::Kind::octets, at_ns, from, to, std::move(octets)});
    bool const ends = (flags & rst) != 0 || ((flags & fin) != 0 && !direction.has_gap());
    if (!ends) return;
    directions_.erase({from, to});
    flows_.pieces.push_back({Piece::Kind::end, at_ns, from, to});
  }

  Flows flows_;
  std::map<std::pair<SocketAddress, SocketAddress>, OneWay> directions_;
};

}  // namespace

Flows flows_of(std::vector<Packet> const& packets) {
  Reader reader;
  for (auto const& packet : packets) reader.take(packet);
  return reader.finish();
}

}  // namespace tollgate::trace
