#pragma once
/// UDP and TCP on one address, as every SIP element has them (RFC 3261 18.2.1).
#include <memory>

#include "transport/network.hpp"

namespace tollgate {

struct Both {
  std::unique_ptr<Datagrams> udp;
  std::unique_ptr<Listener> tcp;

  [[nodiscard]] Address local() const { return udp->local(); }
};

/// Port 0 means a port that is free for both. Throws NetworkError when the address cannot be had.
[[nodiscard]] Both open_both(Network& network, Address const& local);

}  // namespace tollgate
