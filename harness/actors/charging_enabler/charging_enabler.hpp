#pragma once
/// The mock Charging Enabler: takes the EventRequests of the SUT in either binding of CH-2. One for a whole run; each case sees
/// its own subscribers through a CreditControl.
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "actors/charging_enabler/credit_control.hpp"
#include "actors/ixit.hpp"
#include "transport/network.hpp"

namespace tollgate {

class ChargingEnabler : public PeerLink {
 public:
  /// `peer_recorder` keeps what belongs to no case: CER, DWR, DPR, foreign subscribers, and who did not come to speak TLS where
  /// `ixit` says that CH-2 goes over it. Throws NetworkError.
  ChargingEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen, Recorder& peer_recorder);

  [[nodiscard]] Address address() const { return listener_->local(); }
  /// Keeps what belongs to no case.
  [[nodiscard]] Recorder& peer_recorder() const { return peer_recorder_; }
  /// There has been one.
  [[nodiscard]] virtual bool had_connection() const = 0;
  /// Called later, not inside what ended it.
  std::function<void()> on_last_peer_gone;
  /// The SUT has ended a connection, of Diameter without a DPR before: it let go of it, or is gone. Called inside what ended it.
  std::function<void()> on_let_go;

  /// The answer to the next CER goes out as `change` makes it, and the connection counts as open whatever that is. Nothing where the
  /// binding has none.
  virtual void changes_capabilities(std::function<Octets(Octets const& answer)> /*change*/) {}
  /// Asks the SUT on each of its connections whether it lives, where the binding can and is not waiting for that already: a DWR (RFC
  /// 6733 5.5.1).
  virtual void asks_watchdog() {}
  /// Such a question has no answer yet, on a connection on which everything of ours was whole messages: of others nobody can say what
  /// the SUT waits for.
  [[nodiscard]] virtual bool owes_watchdog() const { return false; }

  /// Since then the SUT may have had a request that it could not ask, for each connection that it makes waited for an answer of ours. Not
  /// where a connection carries several requests at a time.
  [[nodiscard]] virtual bool may_have_held_up(Instant /*since*/) const { return false; }

  /// That case's subscribers are served by it from now on; what belongs to no case is named to those that miss something.
  void attach(CreditControl& credit_control);
  virtual void detach(CreditControl& credit_control);
  [[nodiscard]] std::string strays() const override;
  /// A CCR of a subscriber that no case has or had.
  struct Stray {
    trace::EventId event = 0;  ///< in the peers' trace
    std::string subscriber;  ///< as written
    std::string label;  ///< its operation: "reserve_units"
    bool charges = false;  ///< reserves or debits units, and comes for the first time, as far as the T flag says (RFC 6733 3)
  };
  /// Those behind the first so many. Of the CCRs that belong to no case the first 10'000 are looked at.
  [[nodiscard]] std::span<Stray const> strays_since(std::size_t count) const;

 protected:
  /// Of a connection whose peer has so many octets of ours to read, and why it ends.
  static constexpr std::size_t unsent_max = 1 << 20;
  static constexpr std::string_view reads_no_answers = "reset: it asks more than it reads answers to";
  /// To the case whose subscriber it is about, which is returned; null where it is nobody's.
  CreditControl* route(diameter::Message ccr, ch2::Request request, trace::Event event, AnswerPath path);
  /// The case that has the connection for itself, if there is one.
  [[nodiscard]] CreditControl* owner() const;
  /// To those of its cases whom it concerns, and to the peers' trace. Every trace says so once.
  void tell_end(trace::Event const& ended, std::span<CreditControl* const> whom);
  [[nodiscard]] std::span<CreditControl* const> cases() const { return cases_; }
  /// Of that connection.
  [[nodiscard]] trace::Event event_on(Stream const& connection, trace::Direction direction, trace::Kind kind = trace::Kind::message) const;

  Ixit const& ixit_;
  Recorder& peer_recorder_;
  Clock& clock_;
  std::unique_ptr<Listener> listener_;

 private:
  /// Subscribers of cases that have ended, whose late CCRs are no strays: thousands, in a campaign.
  class FormerUsers {
   public:
    void add(std::string const& as_written, sip::UserName const& user);
    /// However he is written (`sip::is_same_user`).
    [[nodiscard]] bool has(std::string const& subscriber) const;

   private:
    std::unordered_set<std::string> as_written_, addresses_, digits_of_uris_, digits_of_bare_;
  };
  void forget_about(diameter::Message ccr, ch2::Request request, trace::Event event, AnswerPath path);
  static constexpr std::size_t of_no_case_most = 10'000;  ///< of which each is kept
  static constexpr std::size_t of_no_case_octets_most = 16 << 20;  ///< in those
  std::unique_ptr<CreditControl> anyone_;  ///< answers for subscribers of no case
  std::vector<CreditControl*> cases_;
  FormerUsers former_;
  std::vector<Stray> strays_;
  std::size_t of_no_case_ = 0, of_no_case_octets_ = 0;  ///< CCRs that have come
};

/// Of the binding that `ixit` says. Throws NetworkError.
[[nodiscard]] std::unique_ptr<ChargingEnabler> make_charging_enabler(Clock& clock, Network& network, Ixit const& ixit,
                                                                     Address const& listen, Recorder& peer_recorder);

}  // namespace tollgate
