#pragma once
/// Which flows are about what the SUT says to its neighbour, so that they cannot be played where a relay agent or a proxy is that
/// neighbour and not tollgate: a connection, what is new for each hop, repetitions, messages that nobody would pass on.
#include "runner/scenario/scenario.hpp"

namespace tollgate {

/// The Charging Enabler must be the SUT's own Diameter peer (RFC 6733 2.8.1 says what a relay agent does).
[[nodiscard]] bool needs_charging_peer(Flow const& flow);
/// The clients must be the SUT's own next hop for SIP (RFC 3261 16 says what a proxy does).
[[nodiscard]] bool needs_sip_peer(Flow const& flow);
/// The clients must be at the other end of the SUT's MSRP connections: a relay answers a SEND before it passes it on (RFC 4976 6.3), so
/// that neither the time nor the status of a client's answer reaches the SUT.
[[nodiscard]] bool needs_msrp_peer(Flow const& flow);

}  // namespace tollgate
