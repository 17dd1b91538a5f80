#pragma once
/// The IM Client's SIP sockets: where it sends from and where it is called, over UDP and TCP whatever it registers (RFC 3261
/// 18.2.1: a server may change to TCP for a large request), over TLS at a port of its own once it registers that. Every message goes to the trace at the socket.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "actors/ixit.hpp"
#include "actors/recorder.hpp"
#include "codec/sip/message.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/later.hpp"
#include "transport/both.hpp"
#include "transport/segments.hpp"
#include "transport/tls_network.hpp"

namespace tollgate {

/// Where a message came from, and so where its response goes.
struct SipSource {
  trace::Transport transport = trace::Transport::udp;
  Address local;
  Address remote;
  std::uint64_t stream = 0;  ///< of a connection
};

class SipEndpoint {
 public:
  using Handler = std::function<void(sip::Message message, trace::Event event, SipSource const& source)>;

  using OnEnded = std::function<void(trace::EventId)>;

  /// `on_message` gets every message that parses, before it is recorded. What does not parse is recorded here. `on_ended`: the SUT has
  /// closed the connection that we had made.
  SipEndpoint(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, std::string actor, std::string party,
              Handler on_message, OnEnded on_ended);
  ~SipEndpoint();

  /// host:port where the SUT shall call us: not the port that we send from, so that a SUT that mixes them up is seen.
  [[nodiscard]] Address contact() { return address_of(contact_); }
  /// host:port for the Contact of our 200 to an INVITE: again another one than `contact`.
  [[nodiscard]] Address session_contact() { return address_of(session_); }
  [[nodiscard]] trace::Transport transport() const { return transport_; }
  void uses(trace::Transport transport) { transport_ = transport; }

  /// To the SUT's SIP address, from the session socket. `about` and `repeats` go to the trace.
  trace::EventId send_request(Octets const& octets, trace::EventId repeats = 0, Segments segments = {});
  /// What was sent before, once more on the same path.
  void send_again(trace::Event const& event);
  /// Back to where a request came from (RFC 3261 18.2.2).
  trace::EventId send_response(Octets const& octets, SipSource const& to, trace::EventId about, trace::EventId repeats = 0);
  /// The same, but to somebody whose messages are not the trace's.
  void send_unrecorded(Octets const& octets, SipSource const& to) { put(octets, to, {}); }

 private:
  struct Connection {
    trace::Transport transport = trace::Transport::tcp;
    std::unique_ptr<SegmentedStream> stream;
    StreamBuffer buffer;
    bool is_ours = false;  ///< we have made it
    [[nodiscard]] std::optional<StreamBuffer::Cut> next();
  };
  void note_cut_off(Connection const& connection);
  /// Where we are called. Nothing is open before it is named: a load of clients takes no more descriptors than it uses.
  struct Door {
    std::optional<Both> plain;
    std::unique_ptr<Listener> tls;
  };
  [[nodiscard]] Address address_of(Door& door);
  [[nodiscard]] Both& opened(Door& door);
  [[nodiscard]] Listener& opened_tls(Door& door);
  /// Ended by the SUT.
  void ended(std::uint64_t id, std::string_view reason);
  /// A handshake with the SUT that did not end well.
  void note_unsecured(Address const& local, Address const& remote, std::string_view reason);
  void take(std::string_view octets, SipSource const& source);
  std::uint64_t adopt(std::unique_ptr<Stream> stream, trace::Transport transport);
  [[nodiscard]] std::uint64_t connect_to_sut();
  void read(std::uint64_t id, std::string_view octets);
  trace::EventId send(Octets const& octets, SipSource const& path, trace::EventId about, trace::EventId repeats, Segments segments = {});
  bool put(Octets const& octets, SipSource const& path, Segments segments);

  Clock& clock_;
  Network& network_;
  Ixit const& ixit_;
  trace::Transport transport_ = ixit_.sip_transport;
  Recorder& recorder_;
  std::string actor_;
  std::string party_;
  Handler on_message_;
  OnEnded on_ended_;
  TlsNetwork secured_;
  Door contact_;
  Door session_;
  std::map<std::uint64_t, Connection> connections_;
  std::uint64_t next_connection_ = 0;
  std::uint64_t to_sut_ = 0;  ///< our own connection to the SUT; 0 before there is one
  Later later_;
};

}  // namespace tollgate
