#pragma once
/// SIP transactions of the IM Client (RFC 3261 17): non-INVITE client transactions that retransmit, and server
/// transactions that absorb what the SUT repeats.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "actors/im_client/sip_endpoint.hpp"

namespace tollgate {

class Transactions {
 public:
  Transactions(Clock& clock, Ixit const& ixit, SipEndpoint& endpoint) : clock_(clock), ixit_(ixit), endpoint_(endpoint) {}
  ~Transactions();

  // Client side (17.1.2, figure 6): timers E and F.
  /// Sends and, over UDP, repeats until a final response or 64*T1.
  trace::EventId start(std::string const& branch, std::string const& method, Octets octets, Segments segments = {});
  /// Repeats that request no more, though nothing has answered it.
  void give_up(trace::EventId request);
  /// The request that a response answers, which is then no longer repeated; 0 when we sent none. The second value is the
  /// first copy of this response, if it is a repetition.
  struct Match {
    trace::EventId request = 0;
    trace::EventId first_copy = 0;
  };
  [[nodiscard]] Match match(std::string const& branch, std::string const& method, int status);
  void remember_response(std::string const& branch, std::string const& method, int status, trace::EventId event);

  // Server side (17.2): one entry a request, found by branch and method.
  struct Seen {
    trace::EventId first_copy = 0;
    Octets response;  ///< the last one sent; empty when none was
    trace::EventId response_event = 0;
    SipSource source;
  };
  [[nodiscard]] Seen* find(std::string const& branch, std::string const& method);
  void remember(std::string const& branch, std::string const& method, trace::EventId event, SipSource source);
  /// Sends the response of a request and keeps it for repetitions. Returns its event.
  trace::EventId respond(std::string const& branch, std::string const& method, Octets octets);

  /// A final response to INVITE is repeated, T1 doubling up to T2, until its ACK or 64*T1 (RFC 3261 13.3.1.4, 17.2.1).
  void repeat_until_ack(std::string const& branch);
  void acknowledged(std::string const& branch);

 private:
  using Key = std::pair<std::string, std::string>;
  struct Client {
    Octets octets;
    trace::EventId first_copy = 0;
    Duration interval{};
    Instant gives_up{};
    TimerId timer;
    std::map<int, trace::EventId> responses;
  };
  struct Repeating {
    Duration interval{};
    Instant gives_up{};
    TimerId timer;
  };
  void repeat_request(Key const& key);
  void repeat_response(std::string const& branch);

  Clock& clock_;
  Ixit const& ixit_;
  SipEndpoint& endpoint_;
  std::map<Key, Client> clients_;
  std::map<Key, Seen> servers_;
  std::map<std::string, Repeating> unacknowledged_;
};

}  // namespace tollgate
