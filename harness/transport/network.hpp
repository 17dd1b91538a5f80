#pragma once
/// What actors and servers see of a network. `LoopbackNetwork` simulates one; `SocketNetwork` is the machine's own.
/// Handlers run on the clock's thread, never inside the call that caused them.
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "transport/address.hpp"

namespace tollgate {

/// The harness cannot bind, listen or connect as it was told to: not the SUT's fault.
struct NetworkError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A bound datagram socket (UDP).
class Datagrams {
 public:
  virtual ~Datagrams() = default;
  [[nodiscard]] virtual Address local() const = 0;
  virtual void send(std::string_view octets, Address const& to) = 0;

  std::function<void(Octets octets, Address const& from)> on_octets;
};

/// What `on_closed` says of an end in order: everything that was sent has come.
inline constexpr std::string_view closed_by_peer = "closed by the peer";

/// One connection (TCP). Octets sent before it is open wait for it; `on_closed` is the last call it makes.
class Stream {
 public:
  virtual ~Stream() = default;
  [[nodiscard]] virtual Address local() const = 0;
  [[nodiscard]] virtual Address remote() const = 0;
  virtual void send(std::string_view octets) = 0;
  /// Octets that wait to be handed over, as far as this end knows.
  [[nodiscard]] virtual std::size_t unsent() const { return 0; }
  virtual void close() = 0;  ///< after everything sent has been handed over
  virtual void reset() = 0;  ///< at once, as RST
  virtual void pause() = 0;  ///< reads nothing more until `resume`; what has been read may still come, the end of the connection does not
  virtual void resume() = 0;

  std::function<void()> on_open;  ///< connecting side only
  std::function<void(std::string_view octets)> on_octets;  ///< whatever arrived, cut anywhere
  std::function<void(std::string_view reason)> on_closed;  ///< closed by the peer, refused or broken; not by `close`
};

class Listener {
 public:
  virtual ~Listener() = default;
  [[nodiscard]] virtual Address local() const = 0;

  std::function<void(std::unique_ptr<Stream>)> on_accept;
  /// A connection that came to nothing, as its TLS handshake did not end well. It is gone.
  std::function<void(Address const& remote, std::string_view reason)> on_refused;
};

/// How an end treats its connections.
enum class Manner : std::uint8_t {
  usual,
  slow,  ///< the peer can have only little under way that has not been read
  silent,  ///< listening only: attempts to connect get no answer
};

class Network {
 public:
  virtual ~Network() = default;
  /// Port 0 means a free one. Throws NetworkError when the address cannot be had.
  [[nodiscard]] virtual std::unique_ptr<Datagrams> bind(Address const& local) = 0;
  [[nodiscard]] virtual std::unique_ptr<Listener> listen(Address const& local, Manner manner = Manner::usual) = 0;
  /// From any free port of the host `from`. Never throws for an unreachable peer or an address that is not ours:
  /// `on_closed` says so.
  [[nodiscard]] virtual std::unique_ptr<Stream> connect(std::string const& from, Address const& to, Manner manner = Manner::usual) = 0;
};

}  // namespace tollgate
