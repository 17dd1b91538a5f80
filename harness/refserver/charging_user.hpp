#pragma once
/// The Charging Enabler User: asks the Charging Enabler over either binding of CH-2 and knows what it still waits for
/// (RFC 8506 4, RFC 6733 5.5.4).
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/random.hpp"
#include "codec/ch2/ch2.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "refserver/charging_link.hpp"
#include "refserver/request_faults.hpp"

namespace tollgate::refserver {

class ChargingUser {
 public:
  /// Nothing when Tx has passed or the answer cannot be read, and when RATING_FAILED forbids to ask (RFC 8506 4.1.3).
  using OnAnswer = std::function<void(std::optional<ch2::Answer>)>;
  /// An answer that came when Tx had passed.
  using OnLate = std::function<void(ch2::Answer const&)>;

  ChargingUser(Clock& clock, Network& network, Random random, Config const& config);
  ~ChargingUser();
  ChargingUser(ChargingUser const&) = delete;
  ChargingUser& operator=(ChargingUser const&) = delete;

  /// What the Charging Enabler may ask of an open credit session.
  struct OnServer {
    std::function<void()> on_reauthorize;  ///< RAR: an UPDATE_REQUEST follows (RFC 8506 5.5)
    std::function<void()> on_abort;        ///< ASR: the service ends, a TERMINATION_REQUEST follows (RFC 6733 8.5)
  };
  void opened(std::string const& session_id, OnServer on_server) { open_sessions_[session_id] = std::move(on_server); }
  void ended(std::string const& session_id) { open_sessions_.erase(session_id); }
  /// CCFH CONTINUE, as the last answer for that subscriber that carried one said, else as configured (RFC 8506 8.14); never
  /// where RATING_FAILED forbids to ask.
  [[nodiscard]] bool fails_open(std::string const& subscriber) const;

  /// Eternally unique: DiameterIdentity ";" high 32 ";" low 32 (RFC 6733 8.8).
  [[nodiscard]] std::string fresh_session_id();
  /// Of M25: the next Session-Id is the last one once more.
  void reuses_session_id() { --session_low_; }
  /// Sends a CCR as soon as the peer is open. `on_answer` is called once, later, unless the ChargingUser ends before.
  /// Within some Tx after that, `on_late` is told the answer that came too late.
  void asks(ch2::Request request, OnAnswer on_answer, OnLate on_late = {});

 private:
  struct Pending {
    OnAnswer on_answer;
    OnLate on_late;
    std::string subscriber;
    TimerId tx;  ///< and then how long a late answer is waited for
    std::string session_id;
    std::uint32_t number = 0;
    ch2::RequestType type = ch2::RequestType::event;
    diameter::Message ccr;
    std::optional<std::uint32_t> hop_by_hop = {};  ///< on the present connection, once it was sent there
  };
  void lost(std::optional<std::uint32_t> hop_by_hop);
  void take_session_request(diameter::Message const& request);
  void take_answer(diameter::Message const& answer);
  void take_answer_in_order(diameter::Message const& answer);
  [[nodiscard]] bool is_answer_to(Pending const& pending, diameter::Message const& message, ch2::Answer const& answer) const;
  void send_request(diameter::Message message);
  void ask_again(Pending const& pending);
  void learn(std::string const& subscriber, diameter::Message const& answer);
  void tx_passed(std::uint32_t end_to_end);

  Clock& clock_;
  Random random_;
  Config const& config_;
  diameter::Peer self_;
  RequestFaults faults_;
  std::unique_ptr<ChargingLink> link_;
  std::deque<diameter::Message> waiting_;  ///< CCRs that wait for an open peer
  std::map<std::uint32_t, Pending> pending_;  ///< by End-to-End Identifier, which a resend keeps
  std::map<std::string, OnServer> open_sessions_;
  std::map<std::string, std::uint32_t> failure_handling_;  ///< as learned, by subscriber
  std::set<std::string> unrated_;          ///< subscribers for whom our service cannot be rated (RFC 8506 4.1.3)
  std::map<std::uint32_t, Pending> given_up_;  ///< whose Tx has passed, while a late answer may still come
  std::uint32_t next_hop_by_hop_;
  std::uint32_t next_end_to_end_;
  std::uint32_t session_high_;
  std::uint32_t session_low_ = 0;
};

}  // namespace tollgate::refserver
