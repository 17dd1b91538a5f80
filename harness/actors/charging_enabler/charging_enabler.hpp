#pragma once
/// The mock Charging Enabler: a Diameter server that the SUT connects to (RFC 6733, RFC 8506). One for a whole run; each
/// case sees its own subscribers through a CreditControl.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "actors/charging_enabler/credit_control.hpp"
#include "actors/ixit.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "sim/later.hpp"
#include "transport/network.hpp"

namespace tollgate {

class ChargingEnabler final : public PeerLink {
 public:
  /// `peer_recorder` keeps what belongs to no case: CER, DWR, DPR, foreign subscribers. Throws NetworkError.
  ChargingEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen, Recorder& peer_recorder);
  ~ChargingEnabler() override;

  [[nodiscard]] Address address() const { return listener_->local(); }
  /// A peer has exchanged capabilities and is connected.
  [[nodiscard]] bool has_peer() const override;
  /// There is a connection, with or without capabilities.
  [[nodiscard]] bool has_connection() const { return !peers_.empty(); }
  /// There has been one.
  [[nodiscard]] bool had_connection() const { return next_peer_ > 0; }
  /// Called later, not inside what ended it.
  std::function<void()> on_last_peer_gone;

  /// That case's subscribers are served by it from now on; what belongs to no case is named to those that miss something.
  void attach(CreditControl& credit_control);
  void detach(CreditControl& credit_control);

  /// Tells every peer goodbye: DPR REBOOTING (RFC 6733 5.4).
  void disconnect_peers();

  trace::EventId sends(CreditControl& by, diameter::Message request, std::string party, Amendment const& amendment) override;
  void closes(bool reset) override;
  [[nodiscard]] std::string strays() const override;

 private:
  struct Peer;
  void accept(std::unique_ptr<Stream> stream);
  void read(Peer& peer, std::string_view octets);
  void handle(Peer& peer, std::string_view octets);
  void handle_request(Peer& peer, diameter::Message request, trace::Event event);
  void credit_control(Peer& peer, diameter::Message ccr, trace::Event event);
  void peer_request(Peer& peer, diameter::Message request, trace::Event event);
  [[nodiscard]] SendAnswer on_connection(Peer const& peer);
  [[nodiscard]] diameter::Message answer_to(diameter::Message const& request, std::uint32_t result) const;
  /// The case that has the connection for itself, if there is one.
  [[nodiscard]] CreditControl* owner() const;
  void tell_end(trace::Event const& ended);
  void write(Peer& peer, Octets const& octets, Segments segments);
  void send(Peer& peer, diameter::Message const& message, trace::EventId about);
  void await_traffic(Peer& peer);
  void idle(std::uint64_t peer_id);
  void forget(std::uint64_t peer_id);
  void refuse(Peer& peer, std::string why);

  /// A CCR of a subscriber that no case has or had.
  struct Stray {
    trace::EventId event = 0;
    std::string what;
  };
  Clock& clock_;
  Ixit const& ixit_;
  Recorder& peer_recorder_;
  diameter::Peer self_;
  std::unique_ptr<CreditControl> anyone_;  ///< answers for subscribers of no case
  std::vector<CreditControl*> cases_;
  struct Asked {
    CreditControl* by = nullptr;
    trace::EventId event = 0;
  };
  std::map<std::uint32_t, Asked> asked_;  ///< requests of cases, by Hop-by-Hop Identifier
  std::vector<std::string> former_;  ///< subscribers of cases that have ended, whose late CCRs are no strays
  std::vector<Stray> strays_;
  std::unique_ptr<Listener> listener_;
  std::map<std::uint64_t, std::unique_ptr<Peer>> peers_;
  std::uint64_t next_peer_ = 0;
  std::uint32_t next_identifier_ = 1;
  Later later_;
};

}  // namespace tollgate
