#pragma once
/// The IM Client's end of one MSRP session (RFC 4975 5.4, 7; RFC 6135): active or passive by a=setup, responses that can
/// be withheld, messages put together from their chunks.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/amendment.hpp"
#include "actors/im_client/msrp_relay.hpp"
#include "actors/im_client/shared_port.hpp"
#include "actors/ixit.hpp"
#include "actors/recorder.hpp"
#include "base/random.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/reassembly.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/stream_buffer.hpp"
#include "transport/network.hpp"
#include "transport/segments.hpp"
#include "transport/tls.hpp"

namespace tollgate {

/// How a client behaves on its MSRP sessions; as it stands, as RFC 4975 and RFC 6135 would have it.
struct MsrpBehaviour {
  /// The SUT's connection; `always`: one that must not come as well, to the port of a client that connects itself.
  enum class Accepts : std::uint8_t { yes, refuses, ignores, always } accepts = Accepts::yes;
  enum class Connects : std::uint8_t { on_ack, with_answer, never } connects = Connects::on_ack;  ///< where it said that it would
  bool binds = true;             ///< speaks first on its own connection (RFC 4975 5.4)
  bool every_chunk = false;      ///< each chunk of a message is the case's to answer; else all but the last get 200
  bool slow = false;             ///< the SUT can have only little under way that has not been read
  enum class Certificate : std::uint8_t { good, unlike, expired } certificate = Certificate::good;  ///< over TLS; unlike its a=fingerprint
  std::string decoy;  ///< another host of ours where, at the same port, no connection may come; "" none
  std::size_t stalls_after = 0;  ///< octets after which it reads no more; 0 never

  /// It shows only where the client connects.
  [[nodiscard]] bool is_of_connecting() const { return !binds || connects == Connects::never; }
};

class MsrpEndpoint {
 public:
  /// A SEND that is the case's to answer; `content` is the whole message with the chunk that completes it, else nothing.
  using OnSend = std::function<void(msrp::Message const& send, trace::EventId event, std::optional<std::string> content)>;
  /// What else the SUT sends: another request, or the response to a request of ours.
  using OnOther = std::function<void(msrp::Message const& message, trace::EventId event, std::string const& method)>;
  struct Handlers {
    OnSend on_send;
    OnOther on_other;
    std::function<void(trace::EventId)> on_closed;  ///< by the SUT
    std::function<void(trace::EventId)> on_connected;  ///< by the SUT, once more than the session takes (RFC 4975 5.4)
  };

  MsrpEndpoint(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string actor, std::string party,
               Handlers handlers);
  ~MsrpEndpoint();

  /// The answer to the SUT's offer. `prefers` decides what actpass leaves open: active or passive.
  [[nodiscard]] sdp::MsrpMedia answer(sdp::MsrpMedia const& offer, sdp::Setup prefers);
  /// When active: connects to the offered path and binds the session with an empty SEND. Passive: nothing.
  void connect();
  /// The response to a SEND, 0 where none was sent: where RFC 4975 7.2 forbids one (Failure-Report), which the trace says.
  trace::EventId respond(msrp::Message const& send, trace::EventId event, int status, Amendment const& amendment = {});
  /// A request of ours on the newest connection; 0 without one. SEND carries a short text, REPORT says 200 of `message_id`.
  trace::EventId sends(std::string_view method, std::string_view message_id, Amendment const& amendment);
  /// The same octets again; 0 without a connection.
  trace::EventId repeats(trace::Event const& event);
  /// One more connection to the SUT, where our next requests go. Active endpoints only.
  void connects_again();
  void close();
  void reset();
  /// Where it takes the SUT's connection, if not at a port of its own. Before `answer`.
  void shares(std::shared_ptr<SharedPort> port) { shared_port_ = std::move(port); }
  /// The session is reached through relays, on that connection. Before `answer`.
  void goes_through(RelayedPath path);
  /// Before `answer`.
  void behaves(MsrpBehaviour behaviour) { behaviour_ = behaviour; }
  /// Ends what `stalls_after` began.
  void reads_on();
  [[nodiscard]] bool is_connected() const { return stream_ != nullptr; }
  [[nodiscard]] std::string const& path() const { return own_path_; }

 private:
  void adopt(std::unique_ptr<Stream> stream);
  [[nodiscard]] std::unique_ptr<Listener> listens_in_vain(Address const& at);
  void listens_to(Stream& stream, StreamBuffer& buffer);
  void read(Stream& stream, StreamBuffer& buffer, std::string_view octets);
  void take(Stream& stream, Octets octets);
  void take_send(msrp::Message const& send, trace::EventId event);
  trace::EventId send(SegmentedStream& stream, Octets octets, trace::EventId about, trace::EventId repeats = 0, Segments segments = {});
  void bind_session();
  [[nodiscard]] std::uint16_t listens(std::string const& session_id);
  /// To the SUT, through the relays.
  [[nodiscard]] std::string to_path() const;
  [[nodiscard]] std::unique_ptr<Stream> connection() const;
  void secures(sdp::MsrpMedia const& offer, sdp::MsrpMedia& media);
  [[nodiscard]] std::unique_ptr<Stream> secured(std::unique_ptr<Stream> stream) const;
  [[nodiscard]] bool is_unsecured(std::string_view reason) const;
  [[nodiscard]] Manner manner() const;
  void closed(std::string_view why);
  [[nodiscard]] trace::Event event(trace::Kind kind, trace::Direction direction, Stream const* on) const;

  Clock& clock_;
  Network& network_;
  Ixit const& ixit_;
  Recorder& recorder_;
  Random random_;
  std::string actor_;
  std::string party_;
  Handlers handlers_;
  std::shared_ptr<SharedPort> shared_port_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<Listener> decoy_;
  std::unique_ptr<SegmentedStream> stream_;
  bool was_connected_ = false;
  std::vector<std::unique_ptr<Stream>> former_;  ///< closed ones, kept until no callback of theirs can run
  StreamBuffer buffer_;
  std::unique_ptr<SegmentedStream> second_;  ///< of `connects_again`
  StreamBuffer second_buffer_;
  std::string own_path_;
  std::vector<std::string> their_path_;
  std::vector<std::string> relays_;  ///< ours, the outermost first
  std::shared_ptr<TlsIdentity const> identity_;  ///< of a session over TLS
  TlsPeer their_fingerprints_;
  bool active_ = true;
  MsrpBehaviour behaviour_;
  std::size_t come_ = 0;  ///< octets
  msrp::Reassembly messages_;  ///< those whose chunks are not all here
  struct Asked {
    trace::EventId event = 0;
    std::string method;  ///< "" for the binding SEND, whose response is nobody's to hear
  };
  std::map<std::string, Asked> transactions_;  ///< of our own requests, by transaction id
};

}  // namespace tollgate
