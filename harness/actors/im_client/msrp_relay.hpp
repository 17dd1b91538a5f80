#pragma once
/// The connection of an IM Client to its MSRP relay, one a session: it AUTHenticates there, by Digest where it is asked who it is, and is
/// given the path at which the session is reached (RFC 4976 5.1, 9.1).
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "actors/ixit.hpp"
#include "actors/recorder.hpp"
#include "base/random.hpp"
#include "codec/msrp/message.hpp"
#include "codec/stream_buffer.hpp"
#include "sim/later.hpp"
#include "transport/network.hpp"

namespace tollgate {

/// What a session has of its relay.
struct RelayedPath {
  std::unique_ptr<Stream> stream;   ///< on which the relay knows it
  std::string own;                  ///< its own URI, to which nobody connects
  std::vector<std::string> relays;  ///< as Use-Path has them: whoever sends to it begins with the first
};

class MsrpRelay {
 public:
  /// At `ixit.msrp_relay`, for the user of that address-of-record. `on_path` hears once, later; of a refusal the trace alone says.
  MsrpRelay(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string actor, std::string party,
            std::function<void(RelayedPath)> on_path);

 private:
  void authenticates(std::string const& authorization);
  void take(Octets octets);
  /// The credentials for a challenge; "" where there is none that we can answer.
  [[nodiscard]] std::string proof(msrp::Message const& challenge);
  [[nodiscard]] trace::EventId record(trace::Direction direction, Octets octets, trace::EventId about);
  void gives_up(std::string why);

  Ixit const& ixit_;
  Recorder& recorder_;
  Random random_;
  std::string actor_;
  std::string party_;
  std::function<void(RelayedPath)> on_path_;
  std::string own_;
  std::unique_ptr<Stream> stream_;
  StreamBuffer buffer_;
  trace::EventId asked_ = 0;   ///< the last AUTH
  unsigned attempts_ = 0;
  Later later_;
};

}  // namespace tollgate
