#pragma once
/// The Charging Enabler as one case sees it: its subscribers' CCRs, and an account for each credit session.
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "actors/actor.hpp"
#include "actors/amendment.hpp"
#include "codec/sip/subscriber.hpp"

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

/// The way back to where a request came from.
struct AnswerPath {
  std::function<Octets(diameter::Message const&)> write;  ///< as its binding has it
  std::function<bool(Octets const&, Segments)> send;      ///< false when the connection is gone, or has its answer
  std::function<bool()> waits = {};  ///< as `Wire` has it
  std::function<void(std::function<void(bool is_out)>)> when_out = {};
};
/// The answer with that Result-Code to a request that is no CCR.
using MakeAnswer = std::function<diameter::Message(std::uint32_t result)>;

class CreditControl;

/// What the Charging Enabler does with its connections for one case.
class PeerLink {
 public:
  PeerLink() = default;
  PeerLink(PeerLink const&) = delete;
  PeerLink& operator=(PeerLink const&) = delete;
  virtual ~PeerLink() = default;
  /// A request of that case to the SUT, with identifiers of ours; its answer comes to the case. The event, 0 without a peer.
  virtual trace::EventId sends(CreditControl& by, diameter::Message request, std::string party, Amendment const& amendment) = 0;
  /// Ends every connection.
  virtual void closes(bool reset) = 0;
  [[nodiscard]] virtual bool has_peer() const = 0;
  /// CCRs that belong to no case, as the end of a sentence; "" when there are none.
  [[nodiscard]] virtual std::string strays() const = 0;
};

class CreditControl final : public Actor {
 public:
  CreditControl(Clock& clock, Recorder& recorder, std::string name, std::string origin_host, std::string origin_realm);

  /// Where no answer says how much, grants this at least: a SUT of Q-ANY asks for less than it needs.
  void grants_at_least(std::uint64_t units) { least_granted_ = units; }
  /// The CCRs of that address-of-record are this case's, however its URI is written (RFC 3261 19.1.4).
  void serves(std::string const& subscriber) { subscribers_.emplace(subscriber, sip::user_name(subscriber)); }
  /// As the case names them, and what is the same however they are written.
  [[nodiscard]] std::map<std::string, sip::UserName> const& subscribers() const { return subscribers_; }
  void joins(PeerLink& link) { link_ = &link; }
  /// The case has the connection for itself: it hears CER, DWR, DPR and the connection's end, and may answer them.
  void owns_connection() { owns_connection_ = true; }
  [[nodiscard]] bool is_owner() const { return owns_connection_; }
  /// The credit session is one of ours, or its subscriber as we have written him.
  [[nodiscard]] bool knows(ch2::Request const& request) const {
    return sessions_.contains(request.session_id) || subscribers_.contains(request.subscriber);
  }
  /// He is one of ours, however his URI is written.
  [[nodiscard]] bool owns(sip::UserName const& user) const;

  /// Called by the Charging Enabler. `event` carries addresses and octets.
  void takes(diameter::Message ccr, ch2::Request request, trace::Event event, AnswerPath path);
  /// A request of the peer that is no CCR, for the owner of the connection.
  void takes_from_peer(diameter::Message request, trace::Event event, MakeAnswer make, AnswerPath path);
  /// The answer to a request of ours.
  void takes_answer(diameter::Message answer, trace::Event event);
  /// The connection has ended, and the trace says so.
  void connection_ended(trace::Event const& event, bool first_of_trace);
  [[nodiscard]] Recorder const& recorder() const { return recorder_; }
  trace::EventId sent(trace::Event event) { return recorder_.record(std::move(event)); }

  /// From now on the case answers requests of that operation itself. At first only `reserve_units` is scripted, whose answer
  /// is what a push waits for; everything else is answered at once, for a legal server may wait for any of it.
  void scripts(ch2::Operation operation) { scripted_.insert(operation); }
  /// The same for "CER" and "DWR", which then nobody else sends either. Owners only.
  void scripts(std::string command) { scripted_commands_.insert(std::move(command)); }
  [[nodiscard]] bool has_scripted(std::string const& command) const { return !alone_ && scripted_commands_.contains(command); }
  /// A request to the SUT: see server_request.hpp. `about` is a CCR of the credit session that it names.
  trace::EventId sends(std::string_view command, Received const* about, Amendment const& amendment);
  void closes(bool reset);
  /// Scripted: the CCA to a request that a case received; nothing if it has been answered. The event of what was sent, or 0.
  trace::EventId answers(Received const& request, ChargingAnswer answer = {}, Amendment const& amendment = {});
  /// One more answer to a request that has one.
  trace::EventId answers_again(Received const& request, ChargingAnswer answer, Amendment const& amendment);
  /// The answer has gone out, or will behind one that this case owes; or another case has not let it for `within`. The event of what
  /// went out.
  [[nodiscard]] Task<trace::EventId> has_sent(trace::EventId answer, Duration within);
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
    AnswerPath path;
    MakeAnswer make = {};  ///< for what is no CCR
  };
  [[nodiscard]] Wire wire(AnswerPath const& path);
  void wait_or_answer(Pending pending, bool scripted);
  trace::EventId reply(Pending const& pending, ChargingAnswer answer, Amendment const& amendment);
  [[nodiscard]] diameter::Message credit_control_answer(Pending const& pending, ChargingAnswer const& answer);
  [[nodiscard]] ch2::Operation operation_of(ch2::Request const& request, std::string const& user) const;
  [[nodiscard]] std::string user_of(ch2::Request const& request) const;
  [[nodiscard]] std::string heard_elsewhere() const override { return link_ != nullptr ? link_->strays() : ""; }
  void settle(ch2::Request const& request, ch2::Answer const& answer, std::string const& user);

  std::string origin_host_;
  std::string origin_realm_;
  std::map<std::string, sip::UserName> subscribers_;
  std::map<std::string, std::string> sessions_;  ///< Session-Id -> our user
  PeerLink* link_ = nullptr;
  bool owns_connection_ = false;
  std::set<std::string> scripted_commands_;
  std::set<ch2::Operation> scripted_{ch2::Operation::reserve_units};
  std::set<std::string> debited_;  ///< subscribers, since their last INITIAL
  std::map<trace::EventId, Pending> pending_;
  std::map<trace::EventId, Pending> done_;         ///< answered, by the event of the request
  std::map<trace::EventId, AnswerPath> answered_;  ///< by the event of the CCA, or of its waiting
  Mailbox<trace::EventId> gone_out_;  ///< that had to wait
  std::map<std::string, Account> accounts_;
  std::uint64_t least_granted_ = 0;
  bool alone_ = false;
};

}  // namespace tollgate
