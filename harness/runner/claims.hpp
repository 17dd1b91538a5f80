#pragma once
/// ICS: what a SUT claims to have beyond what every IM Server must (ISO 9646). A case that needs more is not applicable.
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codec/ch2/binding.hpp"

namespace tollgate {

using Claims = std::set<std::string, std::less<>>;

/// What a case stores before it begins, it can store as it wants: store.method is not "preloaded". No key of [ics].
inline constexpr std::string_view claim_store = "store";

/// Its CH-2 is Diameter: charging.binding. No key of [ics] either.
inline constexpr std::string_view claim_diameter = "diameter";

/// Nobody is between the SUT and our Charging Enabler: not charging.relay. Nor between it and our clients: not sut.proxy, and for
/// MSRP not client.msrp_relay. No keys of [ics] either.
inline constexpr std::string_view claim_charging_peer = "charging_peer", claim_sip_peer = "sip_peer", claim_msrp_peer = "msrp_peer";

/// The keys of [ics] in a SUT file, and "launch": the SUT is a process that tollgate starts.
[[nodiscard]] std::span<std::string_view const> known_claims();
/// It takes SIP over TLS, beside what it takes else: sut.sip or sut.sip_tls. No key of [ics] either.
inline constexpr std::string_view claim_sip_tls = "sip_tls";

/// Of a SUT that says nothing: TCP beside UDP is every SIP element's (RFC 3261 18).
[[nodiscard]] Claims default_claims();
/// Of the embedded reference server.
[[nodiscard]] Claims reference_server_claims();
/// The same with CH-2 over that binding.
[[nodiscard]] Claims claims_over(ch2::Binding binding);
/// The claim that a need names: "cema" of "!cema", which it is to be without.
[[nodiscard]] std::string_view claim_in(std::string_view need);
/// The first of `needs` that is not claimed, or is and must not be.
[[nodiscard]] std::optional<std::string> unclaimed(std::span<std::string const> needs, Claims const& claims);

}  // namespace tollgate
