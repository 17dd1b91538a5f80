#pragma once
/// The IM Client's end of one MSRP session (RFC 4975 5.4, 7; RFC 6135): active or passive by a=setup, responses that can
/// be withheld, messages put together from their chunks.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actors/ixit.hpp"
#include "actors/recorder.hpp"
#include "base/random.hpp"
#include "codec/msrp/message.hpp"
#include "codec/msrp/reassembly.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/stream_buffer.hpp"
#include "transport/network.hpp"

namespace tollgate {

class MsrpEndpoint {
 public:
  /// A request of the SUT that carries the last chunk of a message; `content` is the whole message.
  using OnSend = std::function<void(msrp::Message const& send, trace::EventId event, std::string content)>;

  MsrpEndpoint(Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string actor,
               std::string party, OnSend on_send);
  ~MsrpEndpoint();

  /// The answer to the SUT's offer. `prefers` decides what actpass leaves open: active or passive.
  [[nodiscard]] sdp::MsrpMedia answer(sdp::MsrpMedia const& offer, sdp::Setup prefers);
  /// When active: connects to the offered path and binds the session with an empty SEND. Passive: nothing.
  void connect();
  /// The response to a SEND. Not sent where RFC 4975 7.2 forbids one (Failure-Report); the trace says so.
  void respond(msrp::Message const& send, trace::EventId event, int status);
  void close();
  [[nodiscard]] bool is_connected() const { return stream_ != nullptr; }

 private:
  void adopt(std::unique_ptr<Stream> stream);
  void read(std::string_view octets);
  void take(Octets octets);
  void take_send(msrp::Message const& send, trace::EventId event);
  void send(Octets octets, trace::EventId about);
  void bind_session();
  [[nodiscard]] trace::Event event(trace::Kind kind, trace::Direction direction) const;

  Network& network_;
  Ixit const& ixit_;
  Recorder& recorder_;
  Random random_;
  std::string actor_;
  std::string party_;
  OnSend on_send_;
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<Stream> stream_;
  std::vector<std::unique_ptr<Stream>> former_;  ///< closed ones, kept until no callback of theirs can run
  StreamBuffer buffer_;
  std::string own_path_;
  std::vector<std::string> their_path_;
  bool active_ = true;
  msrp::Reassembly messages_;                          ///< those whose chunks are not all here
  std::map<std::string, trace::EventId> transactions_;  ///< of our own requests
};

}  // namespace tollgate
