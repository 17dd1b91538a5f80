#pragma once
/// Makes up the IP, UDP and TCP that may have carried the messages of a trace: checksums are right, TCP connections
/// begin with a handshake at their first message and number their octets without gaps (RFC 791, 768, 9293, 8200).
#include <map>
#include <utility>
#include <vector>

#include "trace/capture/socket_address.hpp"
#include "trace/event.hpp"

namespace tollgate::trace {

class InternetPackets {
 public:
  /// The packets, from the IP header on, that carry this message; the last one ends it. The handshake stands before the
  /// first message of a connection. What no datagram can hold is cut.
  [[nodiscard]] std::vector<Octets> carry(Event const& message);
  /// The FIN and its acknowledgement, if the connection was seen before.
  [[nodiscard]] std::vector<Octets> close(Event const& closed);

 private:
  using Flow = std::pair<SocketAddress, SocketAddress>;  ///< from, to
  [[nodiscard]] Octets segment(Flow const& flow, std::uint8_t flags, std::string_view payload);
  [[nodiscard]] std::vector<Octets> stream(Flow const& flow, std::string_view octets);

  std::map<Flow, std::uint32_t> next_;  ///< sequence number of the next octet in that direction
};

}  // namespace tollgate::trace
