#pragma once
/// A network all of whose connections are inside TLS from their first octet on, as SIP (RFC 3261 26.2.1), Diameter (RFC 6733 13.1)
/// and HTTP have them. Any certificate of the peer will do. Datagrams are as below.
#include "transport/tls.hpp"

namespace tollgate {

class TlsNetwork final : public Network {
 public:
  /// `handshakes_most`: connections that may shake hands with one listener at a time; a further one is refused.
  TlsNetwork(Clock& clock, Network& below, std::shared_ptr<TlsIdentity const> own, std::size_t handshakes_most = 4000)
      : clock_(clock), below_(below), own_(std::move(own)), handshakes_most_(handshakes_most) {}

  [[nodiscard]] std::unique_ptr<Datagrams> bind(Address const& local) override { return below_.bind(local); }
  /// What it accepts has shaken hands; of what has not, `on_refused` hears.
  [[nodiscard]] std::unique_ptr<Listener> listen(Address const& local, Manner manner = Manner::usual) override;
  /// Open when hands are shaken.
  [[nodiscard]] std::unique_ptr<Stream> connect(std::string const& from, Address const& to, Manner manner = Manner::usual) override;

 private:
  Clock& clock_;
  Network& below_;
  std::shared_ptr<TlsIdentity const> own_;
  std::size_t handshakes_most_;
};

}  // namespace tollgate
