#pragma once
/// The server's SIP sockets: UDP and TCP on one address, TLS on another where it has that (RFC 3261 18, 26.2.1).
#include <functional>
#include <map>
#include <memory>

#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"
#include "codec/stream_buffer.hpp"
#include "refserver/config.hpp"
#include "sim/later.hpp"
#include "transport/both.hpp"
#include "transport/tls_network.hpp"

namespace tollgate::refserver {

enum class Transport : std::uint8_t { udp, tcp, tls };
/// As a Via header field has it, in capitals, and a URI parameter, without.
[[nodiscard]] std::string_view in_via(Transport transport);
[[nodiscard]] std::string_view in_uri(Transport transport);

/// Where a message came from or goes to. `connection` names a TCP or TLS connection; 0 means whichever leads to the address.
struct Hop {
  Transport transport = Transport::udp;
  Address address;
  std::uint64_t connection = 0;
};

/// The address and transport that a SIP URI names (RFC 3263 without its DNS: hosts are IP addresses here).
[[nodiscard]] Hop hop_to(sip::Uri const& uri);

class SipTransport {
 public:
  using OnMessage = std::function<void(sip::Message message, Hop const& from)>;
  struct Handlers {
    OnMessage on_message;
    OnMessage on_other_version;  ///< a request of another version of SIP, as if it were of ours (RFC 3261 21.5.6)
  };

  /// Throws NetworkError. What does not parse is dropped.
  SipTransport(Clock& clock, Network& network, Config const& config, Handlers handlers);

  /// UDP and TCP have the same.
  [[nodiscard]] Address local(Transport transport = Transport::udp) const;
  void send(std::string_view message, Hop const& to);

 private:
  struct Connection {
    Address remote;
    Transport transport = Transport::tcp;
    std::unique_ptr<Stream> stream;
    StreamBuffer buffer;
    bool is_ours = false;  ///< we have made it
    [[nodiscard]] std::optional<StreamBuffer::Cut> next();
  };
  std::uint64_t adopt(std::unique_ptr<Stream> stream, Transport transport);
  void read(std::uint64_t id, std::string_view octets);
  void take(std::string_view octets, Hop const& from);
  void forget(std::uint64_t id);
  [[nodiscard]] std::uint64_t connection_to(Hop const& to);

  Network& network_;
  Config const& config_;
  Handlers handlers_;
  Both sockets_;
  TlsNetwork secured_;
  std::unique_ptr<Listener> tls_;  ///< where it has one
  std::map<std::uint64_t, Connection> connections_;
  std::map<std::pair<Transport, Address>, std::uint64_t> newest_to_;  ///< the newest connection that leads there
  std::uint64_t next_connection_ = 0;
  Later later_;
};

}  // namespace tollgate::refserver
