#pragma once
/// What the packets of a capture carried: datagrams, and the octets of TCP connections in their order (RFC 9293 3.10.7.4), whatever
/// was sent twice, came late or lies across two packets.
#include <vector>

#include "trace/capture/capture_file.hpp"
#include "trace/capture/socket_address.hpp"

namespace tollgate::trace {

struct Piece {
  enum class Kind : std::uint8_t {
    datagram,
    octets,  ///< the next of that direction of a connection
    end,     ///< of that direction: FIN, or RST, or a gap that nothing filled
  } kind = Kind::datagram;
  std::int64_t at_ns = 0;  ///< of the packet that made it complete
  SocketAddress from, to;
  Octets octets{};
};

struct Flows {
  std::vector<Piece> pieces;
  std::size_t gaps = 0;    ///< directions of connections of which octets are missing, so what follows them is not read
  std::size_t unread = 0;  ///< packets that are no TCP and no UDP over IP, are fragments, or are cut
};

[[nodiscard]] Flows flows_of(std::vector<Packet> const& packets);

}  // namespace tollgate::trace
