#pragma once
/// The mock Charging Enabler as a Diameter server that the SUT connects to (RFC 6733, RFC 8506).
#include <map>
#include <memory>

#include "actors/charging_enabler/charging_enabler.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "sim/later.hpp"

namespace tollgate {

class DiameterEnabler final : public ChargingEnabler {
 public:
  /// Throws NetworkError.
  DiameterEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen, Recorder& peer_recorder);
  ~DiameterEnabler() override;

  /// A peer has exchanged capabilities and is connected.
  [[nodiscard]] bool has_peer() const override;
  /// So many at a time; who has sent no CER makes room.
  static constexpr std::size_t connections_max = 200;
  /// There is a connection, with or without capabilities.
  [[nodiscard]] bool has_connection() const { return !peers_.empty(); }
  [[nodiscard]] bool had_connection() const override { return next_peer_ > 0; }
  void detach(CreditControl& credit_control) override;
  trace::EventId sends(CreditControl& by, diameter::Message request, std::string party, Amendment const& amendment) override;
  void closes(bool reset) override;
  void changes_capabilities(std::function<Octets(Octets const& answer)> change) override { change_capabilities_ = std::move(change); }
  void asks_watchdog() override;
  [[nodiscard]] bool owes_watchdog() const override;

 private:
  struct Peer;
  void accept(std::unique_ptr<Stream> stream);
  void read(Peer& peer, std::string_view octets);
  void await_rest(Peer& peer);
  void note_unreadable(Peer const& peer, std::string_view octets, std::string why);
  void cannot_read(Peer& peer, std::string_view octets, std::string why);
  void handle(Peer& peer, std::string_view octets);
  void handle_request(Peer& peer, diameter::Message request, trace::Event event);
  void credit_control(Peer& peer, diameter::Message ccr, trace::Event event);
  void peer_request(Peer& peer, diameter::Message request, trace::Event event);
  [[nodiscard]] AnswerPath on_connection(Peer const& peer);
  [[nodiscard]] diameter::Message answer_to(diameter::Message const& request, std::uint32_t result) const;
  void write(Peer& peer, Octets const& octets, Segments segments);
  void send(Peer& peer, diameter::Message const& message, trace::EventId about);
  void await_traffic(Peer& peer);
  void ask_watchdog(Peer& peer);
  void idle(std::uint64_t peer_id);
  void forget(std::uint64_t peer_id);
  [[nodiscard]] bool makes_room();
  void tell_end_of(Peer const& peer, trace::Event const& ended);
  void refuse(Peer& peer, std::string why);

  struct Asked {
    CreditControl* by = nullptr;
    trace::EventId event = 0;
  };
  diameter::Peer self_;
  std::map<std::uint32_t, Asked> asked_;  ///< requests of cases, by Hop-by-Hop Identifier
  std::map<std::uint64_t, std::unique_ptr<Peer>> peers_;
  std::uint64_t next_peer_ = 0;
  std::uint32_t next_identifier_ = 1;
  std::function<Octets(Octets const& answer)> change_capabilities_;  ///< of the next answer to a CER
  Later later_;
};

}  // namespace tollgate
