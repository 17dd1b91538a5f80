#pragma once
/// The machine's own network: UDP and TCP sockets on the wall clock's Asio context.
#include <memory>

#include "sim/wall_clock.hpp"
#include "transport/network.hpp"

namespace tollgate {

class SocketNetwork final : public Network {
 public:
  explicit SocketNetwork(WallClock& clock) : clock_(clock) {}

  [[nodiscard]] std::unique_ptr<Datagrams> bind(Address const& local) override;
  [[nodiscard]] std::unique_ptr<Listener> listen(Address const& local, Manner manner = Manner::usual) override;
  [[nodiscard]] std::unique_ptr<Stream> connect(std::string const& from, Address const& to, Manner manner = Manner::usual) override;

 private:
  WallClock& clock_;
};

}  // namespace tollgate
