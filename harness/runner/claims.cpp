#include "runner/claims.hpp"

#include <algorithm>
#include <array>

namespace tollgate {

std::span<std::string_view const> known_claims() {
  static constexpr std::array<std::string_view, 15> known{"authentication",
                                                          "sip_udp",
                                                          "sip_tcp",
                                                          claim_sip_tls,
                                                          "third_party_register",
                                                          "reliable_provisional",
                                                          "tls",
                                                          "path",
                                                          "clock_scale",
                                                          "launch",
                                                          "nonce",
                                                          "service_context",
                                                          "cema",
                                                          "per_message_reservation",
                                                          "other_units"};
  return known;
}

Claims default_claims() {
  return {"sip_udp",
          "sip_tcp",
          std::string(claim_store),
          std::string(claim_diameter),
          std::string(claim_charging_peer),
          std::string(claim_sip_peer),
          std::string(claim_msrp_peer)};
}

Claims reference_server_claims() {
  return {std::string(claim_store),
          std::string(claim_diameter),
          std::string(claim_charging_peer),
          std::string(claim_sip_peer),
          std::string(claim_msrp_peer),
          "authentication",
          "sip_udp",
          "sip_tcp",
          std::string(claim_sip_tls),
          "third_party_register",
          "reliable_provisional",
          "clock_scale",
          "launch",
          "nonce",
          "service_context",
          "tls",
          "path"};
}

Claims claims_over(ch2::Binding binding) {
  auto claims = reference_server_claims();
  if (binding != ch2::Binding::diameter) claims.erase(std::string(claim_diameter));
  return claims;
}

std::string_view claim_in(std::string_view need) {
  return need.substr(need.starts_with('!') ? 1 : 0);
}

std::optional<std::string> unclaimed(std::span<std::string const> needs, Claims const& claims) {
  auto const missing =
      std::ranges::find_if(needs, [&](auto const& need) { return claims.contains(claim_in(need)) == need.starts_with('!'); });
  return missing == needs.end() ? std::nullopt : std::optional(*missing);
}

}  // namespace tollgate
