#pragma once
/// How the Charging Enabler User reaches the Charging Enabler: a Diameter peer that it keeps connected to, or HTTP connections.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "codec/diameter/message.hpp"
#include "refserver/config.hpp"
#include "transport/network.hpp"

namespace tollgate::refserver {

class ChargingLink {
 public:
  ChargingLink() = default;
  ChargingLink(ChargingLink const&) = delete;
  ChargingLink& operator=(ChargingLink const&) = delete;
  virtual ~ChargingLink() = default;

  /// CCRs can be sent now.
  [[nodiscard]] virtual bool is_open() const = 0;
  /// Sends a message whose identifiers are set.
  virtual void send(diameter::Message const& message) = 0;

  // Called on the clock's thread.
  std::function<void()> on_open;
  /// The connection of that request has ended, by its Hop-by-Hop Identifier, or that of all of them.
  std::function<void(std::optional<std::uint32_t> hop_by_hop)> on_lost;
  std::function<void(diameter::Message const& answer)> on_answer;    ///< a CCA
  std::function<void(diameter::Message const& request)> on_request;  ///< about a credit session
  std::function<bool()> is_asking;                                   ///< some CCR is unanswered
  /// A request of the link's own, to be numbered and sent by `send`.
  std::function<void(diameter::Message request)> on_own_request;
};

/// Of the binding that the configuration says.
[[nodiscard]] std::unique_ptr<ChargingLink> make_link(Clock& clock, Network& network, Config const& config);

}  // namespace tollgate::refserver
