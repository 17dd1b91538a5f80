#pragma once
/// The reference IM Server: registrar, store of deferred messages, Charging Enabler User and push (OMA IM 6.3.2.8).
/// A correct server first; each named fault makes it wrong in exactly one way. It knows nothing of actors and rules.
#include <memory>

#include "base/random.hpp"
#include "refserver/config.hpp"
#include "transport/network.hpp"

namespace tollgate::refserver {

class Server {
 public:
  /// Throws NetworkError when it cannot listen.
  Server(Clock& clock, Network& network, Random random, Config config);
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// Where it takes SIP, with the real port.
  [[nodiscard]] Address sip() const;
  /// And over TLS, where it does.
  [[nodiscard]] Address sip_tls() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tollgate::refserver
