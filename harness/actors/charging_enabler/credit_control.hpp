#pragma once
/// The Charging Enabler as one case sees it: its subscribers' CCRs, and an account for each credit session.
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "actors/actor.hpp"
#include "actors/amendment.hpp"

namespace tollgate {

/// What one credit session holds: RFC 8506 5. Units are messages.
struct Account {
  std::uint64_t held = 0;      ///< granted and not yet debited or given back
  std::uint64_t debited = 0;
  std::uint64_t released = 0;  ///< given back when the session ended
  bool open = false;
};

/// How to answer a CCR. Unset units are those of the request.
struct ChargingAnswer {
  std::uint32_t result = 2001;
  std::optional<std::uint64_t> granted;
};

/// Sends a CCA on the connection that its CCR came on; false when that is gone.
using SendAnswer = std::function<bool(Octets const&)>;

/// The same SIP URI (RFC 3261 19.1.4), or the same text where one of them is none.
[[nodiscard]] bool is_same_user(std::string_view a, std::string_view b);

class CreditControl final : public Actor {
 public:
  CreditControl(Clock& clock, Recorder& recorder, std::string name, std::string origin_host, std::string origin_realm);

  /// The CCRs of that address-of-record are this case's, however its URI is written (RFC 3261 19.1.4).
  void serves(std::string const& subscriber) { subscribers_.insert(subscriber); }
  [[nodiscard]] std::set<std::string> const& subscribers() const { return subscribers_; }
  /// Who knows of CCRs that belong to no case.
  void tells_strays(std::function<std::string()> strays) { strays_ = std::move(strays); }
  [[nodiscard]] bool owns(ch2::Request const& request) const;

  /// Called by the Diameter peer. `event` carries addresses and octets.
  void takes(diameter::Message ccr, ch2::Request request, trace::Event event, SendAnswer send);

  /// From now on the case answers requests of that operation itself. At first only `reserve_units` is scripted, whose answer
  /// is what a push waits for; everything else is answered at once, for a legal server may wait for any of it.
  void scripts(ch2::Operation operation) { scripted_.insert(operation); }
  /// Scripted: the CCA to a request that a case received; nothing if it has been answered. The event of what was sent, or 0.
  trace::EventId answers(Received const& request, ChargingAnswer answer = {}, Amendment const& amendment = {});
  /// The same CCA again.
  void repeats(trace::EventId sent);
  void acts_alone() override { alone_ = true; }
  void completes() override { winds_up(); }
  void winds_up() override;
  [[nodiscard]] bool is_settled() const override;

  [[nodiscard]] std::map<std::string, Account> const& accounts() const { return accounts_; }

 private:
  [[nodiscard]] bool is_of(std::string const& party) const override { return subscribers_.contains(party); }
  struct Pending {
    Received request;
    trace::Event event;
    SendAnswer send;
  };
  trace::EventId reply(Pending const& pending, ChargingAnswer answer, Amendment const& amendment);
  [[nodiscard]] ch2::Operation operation_of(ch2::Request const& request, std::string const& user) const;
  [[nodiscard]] std::string user_of(ch2::Request const& request) const;
  [[nodiscard]] std::string heard_elsewhere() const override { return strays_ ? strays_() : ""; }
  void settle(ch2::Request const& request, ch2::Answer const& answer, std::string const& user);

  std::string origin_host_;
  std::string origin_realm_;
  std::set<std::string> subscribers_;
  std::map<std::string, std::string> sessions_;  ///< Session-Id -> our user
  std::function<std::string()> strays_;
  std::set<ch2::Operation> scripted_{ch2::Operation::reserve_units};
  std::set<std::string> debited_;  ///< subscribers, since their last INITIAL
  std::map<trace::EventId, Pending> pending_;
  std::map<trace::EventId, SendAnswer> answered_;  ///< by the event of the CCA
  std::map<std::string, Account> accounts_;
  bool alone_ = false;
};

}  // namespace tollgate
