#pragma once
/// The SIP, MSRP and CH-2 messages that flows carried: a connection's protocol is told by its first octets, whatever its port.
#include <vector>

#include "trace/capture/flows.hpp"
#include "trace/event.hpp"

namespace tollgate::trace {

struct Observed {
  Kind kind = Kind::message;  ///< or `closed`: that direction of a connection ended
  std::int64_t at_ns = 0;
  Channel channel = Channel::sip;
  Transport transport = Transport::tcp;
  SocketAddress from, to;
  Octets octets{};
};

/// In the order in which they were complete. What is of another protocol is left out.
[[nodiscard]] std::vector<Observed> messages_in(std::vector<Piece> pieces);

}  // namespace tollgate::trace
