#pragma once
/// One INVITE of ours and the dialogs that it makes: ACK, PRACK, CANCEL, BYE (RFC 3261 9, 12, 13, 15; RFC 3262).
#include <functional>
#include <map>
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
    std::string contact;  ///< URI that the user registered: whom the INVITE is for
    std::vector<std::string> routes;  ///< URIs of the proxies through which it goes; empty: straight to the contact
    std::string user;     ///< address-of-record of the user
    std::string sender;   ///< who invites: the deferred messaging function
    std::string referred_by = {};  ///< of F-RCS: who sent the first message; "": not said
  };

  Invitation(Clock& clock, Transactions& transactions, SipTransport& transport, Config const& config, Random random, Parties parties);

  /// Called once: the final response, or nothing after the time limit. One redirection is followed first (RFC 3261 8.1.3.4).
  using OnFinal = std::function<void(std::optional<sip::Message>)>;
  void invite(std::string const& sdp, OnFinal on_final);
  /// Called with every provisional response.
  void on_provisional(std::function<void(sip::Message const&)> heard) { on_provisional_ = std::move(heard); }
  /// Only in a confirmed dialog. `on_end` is called once, at the final response or the time limit.
  void bye(std::function<void()> on_end);
  /// Of M85 and M145: what a further copy of the 200, and what a redirection does.
  std::function<void()> on_copy, on_redirect;
  /// Stops calling back; the transactions go on by themselves. A 200 that comes yet is acknowledged and ended.
  void forget() { on_final_ = nullptr, on_end_ = nullptr, on_provisional_ = nullptr, on_copy = on_redirect = nullptr; }

  [[nodiscard]] bool is_dialog_of(sip::Message const& request) const;
  [[nodiscard]] bool is_confirmed() const { return confirmed_; }
  /// The user has ended the dialog: nothing of ours may follow in it.
  void ended_by_user() { confirmed_ = false; }

 private:
  /// RFC 3261 12.1.2: what a response makes of us and the one who gave it.
  struct Dialog {
    std::string to;  ///< with its tag
    std::string to_tag;
    std::string remote_target;
    std::vector<std::string> route_set;  ///< in the order of Route
    std::uint32_t cseq = 1;              ///< of our last request in it, but ACK
    Octets ack;
  };
  [[nodiscard]] bool has(Fault fault) const { return config_.has(fault); }
  [[nodiscard]] std::string via(Transport transport);
  [[nodiscard]] Hop first_hop() const;
  [[nodiscard]] Dialog dialog_of(sip::Message const& response) const;
  [[nodiscard]] sip::Message in_dialog(Dialog const& dialog, std::string_view method, std::uint32_t cseq);
  [[nodiscard]] Hop next_hop(Dialog const& dialog) const;
  [[nodiscard]] std::uint32_t first_cseq() const;
  void send_invite(std::string const& sdp);
  void take(sip::Message const& response);
  [[nodiscard]] bool follows(sip::Message const& response);
  void take_provisional(sip::Message const& response);
  void take_2xx(sip::Message const& response);
  void take_fork(sip::Message const& response);
  void acknowledge(Dialog& dialog);
  void end(Dialog& dialog, std::function<void()> on_end);
  void cancel();

  Clock& clock_;
  Transactions& transactions_;
  SipTransport& transport_;
  Config const& config_;
  Random random_;
  Parties parties_;
  std::string call_id_;
  std::string from_tag_;
  sip::Message invite_;
  OnFinal on_final_;
  std::function<void(sip::Message const&)> on_provisional_;
  std::function<void()> on_end_;
  TimerId no_answer_;
  std::optional<Dialog> dialog_;         ///< of the first 2xx
  std::map<std::string, Dialog> early_;  ///< of reliable provisional responses, by tag; `cseq` counts their PRACKs
  std::map<std::string, Dialog> forks_;  ///< of further 2xx, by tag: acknowledged and ended
  std::map<std::string, std::uint32_t> reliable_;  ///< RSeq of the last one, by tag
  bool confirmed_ = false;
  bool cancelled_ = false;
  bool redirected_ = false;
  bool hesitated_ = false;  ///< of M164
};

}  // namespace tollgate::refserver
