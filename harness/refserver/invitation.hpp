#pragma once
/// One INVITE of ours and the dialog that it makes: ACK, CANCEL, BYE (RFC 3261 9, 12, 13, 15).
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "refserver/transactions.hpp"

namespace tollgate::refserver {

class Invitation : public std::enable_shared_from_this<Invitation> {
 public:
  struct Parties {
    std::string contact;  ///< URI that the user registered: where the INVITE goes
    std::string user;     ///< address-of-record of the user
    std::string sender;   ///< who invites: the deferred messaging function
    Address local;        ///< of the server's SIP
    bool bye_repeats_cseq = false;   ///< M80
    bool ignores_late_200 = false;   ///< M158
  };

  Invitation(Clock& clock, Transactions& transactions, SipTransport& transport, Timers const& timers, Random random,
             Parties parties);

  /// Called once: the final response, or nothing after the time limit.
  using OnFinal = std::function<void(std::optional<sip::Message>)>;
  void invite(std::string const& sdp, OnFinal on_final);
  /// Called with every provisional response.
  void on_provisional(std::function<void(sip::Message const&)> heard) { on_provisional_ = std::move(heard); }
  /// Only in a confirmed dialog. `on_end` is called once, at the final response or the time limit.
  void bye(std::function<void()> on_end);
  /// Of M85: what a further copy of the 200 does.
  std::function<void()> on_copy;
  /// Stops calling back; the transactions go on by themselves.
  void forget() { on_final_ = nullptr, on_end_ = nullptr, on_provisional_ = nullptr, on_copy = nullptr; }

  [[nodiscard]] bool is_dialog_of(sip::Message const& request) const;
  [[nodiscard]] bool is_confirmed() const { return confirmed_; }
  /// The user has ended the dialog: nothing of ours may follow in it.
  void ended_by_user() { confirmed_ = false; }

 private:
  [[nodiscard]] std::string via(Transport transport);
  [[nodiscard]] sip::Message in_dialog(std::string_view method, std::uint32_t cseq);
  [[nodiscard]] Hop next_hop() const;
  void take(sip::Message const& response);
  void confirm(sip::Message const& response);
  void cancel();

  Clock& clock_;
  Transactions& transactions_;
  SipTransport& transport_;
  Timers const& timers_;
  Random random_;
  Parties parties_;
  std::string call_id_;
  std::string from_tag_;
  std::uint32_t cseq_ = 1;
  sip::Message invite_;
  OnFinal on_final_;
  std::function<void(sip::Message const&)> on_provisional_;
  std::function<void()> on_end_;
  TimerId no_answer_;
  std::string to_;            ///< To with its tag, once there is a dialog
  std::string to_tag_;
  std::string remote_target_;
  std::vector<std::string> route_set_;  ///< in the order of Route (RFC 3261 12.1.2)
  Octets ack_;
  bool confirmed_ = false;
  bool cancelled_ = false;
};

}  // namespace tollgate::refserver
