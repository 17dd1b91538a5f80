#pragma once
/// The server's SIP sockets: UDP and TCP on one address (RFC 3261 18).
#include <functional>
#include <map>
#include <memory>

#include "codec/sip/message.hpp"
#include "codec/sip/uri.hpp"
#include "codec/stream_buffer.hpp"
#include "refserver/config.hpp"
#include "sim/later.hpp"
#include "transport/both.hpp"

namespace tollgate::refserver {

enum class Transport : std::uint8_t { udp, tcp };

/// Where a message came from or goes to. `connection` names a TCP connection; 0 means whichever leads to the address.
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

  /// Throws NetworkError. What does not parse is dropped.
  SipTransport(Clock& clock, Network& network, Config const& config, OnMessage on_message);

  [[nodiscard]] Address local() const { return sockets_.local(); }
  void send(std::string_view message, Hop const& to);

 private:
  struct Connection {
    std::unique_ptr<Stream> stream;
    StreamBuffer buffer;
  };
  std::uint64_t adopt(std::unique_ptr<Stream> stream);
  void read(std::uint64_t id, std::string_view octets);
  void forget(std::uint64_t id);
  [[nodiscard]] std::uint64_t connection_to(Hop const& to);

  Network& network_;
  Config const& config_;
  OnMessage on_message_;
  Both sockets_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t next_connection_ = 0;
  Later later_;
};

}  // namespace tollgate::refserver
