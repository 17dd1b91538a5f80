#pragma once
/// SIP transactions of the reference server (RFC 3261 17, RFC 6026): what is sent is repeated until it is answered, what is
/// received again is answered again.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "refserver/config.hpp"
#include "refserver/sip_transport.hpp"

namespace tollgate::refserver {

class Transactions {
 public:
  Transactions(Clock& clock, SipTransport& transport, Config const& config)
      : clock_(clock), transport_(transport), config_(config), timers_(config.timers) {}
  ~Transactions();
  Transactions(Transactions const&) = delete;
  Transactions& operator=(Transactions const&) = delete;

  /// What the core of a client transaction hears. Both live as long as the transaction.
  struct Client {
    /// Every provisional response, the final one, and every further copy of a 2xx to INVITE (RFC 6026 7.2).
    std::function<void(sip::Message const& response)> on_response;
    /// Timer B or F: 64*T1 without a final response (for INVITE: without any response).
    std::function<void()> on_timeout = [] {};
  };
  /// The request carries its Via with a fresh branch. Timers A and B for INVITE, E and F for the rest.
  void request(sip::Message const& request, Hop const& to, Client client);
  void take_response(sip::Message const& response);

  /// A request that was seen before: its last response, if there is one, goes out again. False for a new request.
  [[nodiscard]] bool is_repetition(sip::Message const& request);
  /// Answers a request and keeps the answer for its repetitions, 64*T1 long (timer J).
  void respond(sip::Message const& request, sip::Message const& response, Hop const& from);

 private:
  struct Sent;
  struct Answered {
    Octets response;
    Hop to;
    TimerId end;
  };
  using ClientKey = std::pair<std::string, std::string>;              ///< branch, method
  using ServerKey = std::tuple<std::string, std::string, std::string>;  ///< branch or Call-ID, sent-by, method or CSeq

  [[nodiscard]] static ServerKey key_of(sip::Message const& request);
  void repeat(ClientKey const& key);
  void end_after(ClientKey const& key, Duration delay);
  void timed_out(ClientKey const& key);
  void take_final(ClientKey const& key, Sent& sent, sip::Message const& response);
  void acknowledge(Sent& sent, sip::Message const& response);

  Clock& clock_;
  SipTransport& transport_;
  Config const& config_;
  Timers const& timers_;
  std::map<ClientKey, std::shared_ptr<Sent>> sent_;
  std::map<ServerKey, Answered> answered_;
};

}  // namespace tollgate::refserver
