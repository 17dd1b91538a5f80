#pragma once
/// One entry of the trace: something that crossed a wire, or that we did to what crosses it.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "trace/meaning.hpp"

namespace tollgate::trace {

enum class Channel : std::uint8_t { sip, msrp, ch2 };
/// Seen from the harness: `received` comes from the SUT.
enum class Direction : std::uint8_t { received, sent };
enum class Kind : std::uint8_t {
  message,   ///< octets of one message
  opened,    ///< a connection
  closed,    ///< a connection; `note` says by whom
  unsecured, ///< a connection with the SUT whose TLS handshake did not end well; `note` says why
  withheld,  ///< we hold back the answer to `about`, and have since that came; recorded when a case looks at what comes meanwhile
  released,  ///< we let it go
  silence,   ///< a silence began; `note` says of what and for how long
  stored,    ///< the runner laid a deferred message at the SUT by another way than SIP MESSAGE: `octets` for `party`
  measured,  ///< the runner measured the SUT; `note` says what and how much: "open files 17"
  tampered,  ///< a fuzzing campaign changed, held up, repeated or dropped the message of ours that comes next; `note` says how
  foreign,   ///< a SIP request that somebody else than the SUT has sent to us: it belongs to no case, and `note` says what we made of it
  unkept,    ///< more of a kind of which enough is in the trace; `note` says of which and how much came in all
  restarted, ///< the runner has ended the SUT and starts it again: what it had begun may be left
  played,    ///< sent: another user agent is to write a message of ours, which comes later; received: how it ended, in `note`
};
enum class Transport : std::uint8_t { udp, tcp, tls };

/// `id` counts from 1 within a trace; 0 names no event.
using EventId = std::uint64_t;

struct Event {
  EventId id = 0;
  std::int64_t at_ns = 0;  ///< the run's one monotonic clock, taken at the socket
  Kind kind = Kind::message;
  Channel channel = Channel::sip;
  Direction direction = Direction::received;
  std::string actor;        ///< who of us: "alice", "ocs"
  std::string party;        ///< address-of-record of the served user: one push belongs to one party
  Transport transport = Transport::tcp;
  std::string local;        ///< host:port of our socket
  std::string remote;
  bool is_http = false;     ///< of CH-2: came to an HTTP server, whatever its octets look like
  Octets octets;            ///< exactly as on the wire
  Meaning meaning;          ///< read from the octets; empty where they cannot be read
  EventId about = 0;        ///< the request that a response answers, or the event that is withheld
  EventId repeats = 0;      ///< the first copy, for a retransmission
  std::string note;
};

[[nodiscard]] std::string_view to_string(Channel channel);
[[nodiscard]] std::string_view to_string(Direction direction);
[[nodiscard]] std::string_view to_string(Kind kind);
[[nodiscard]] std::string_view to_string(Transport transport);

}  // namespace tollgate::trace
