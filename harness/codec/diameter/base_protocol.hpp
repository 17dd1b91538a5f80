#pragma once
/// Peer messages of the Diameter base protocol: capabilities, watchdog, disconnect (RFC 6733 5.3-5.5).
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::diameter {

inline constexpr std::uint32_t command_capabilities = 257, command_credit_control = 272, command_watchdog = 280, command_disconnect = 282;
inline constexpr std::uint32_t application_credit_control = 4;  // RFC 8506 1.3

/// What a peer says of itself in CER and CEA.
struct Peer {
  std::string origin_host = {};
  std::string origin_realm = {};
  /// IPv4 or IPv6 text, written as Address (RFC 6733 4.3.1). Asserts that it is one: whoever reads it from a file
  /// checks it.
  std::string host_ip_address = "127.0.0.1";
  std::uint32_t vendor_id = 0;
  std::string product_name = "tollgate";
  std::vector<std::uint32_t> supported_vendors = {};  ///< Supported-Vendor-Id (RFC 6733 5.3.6), such as 10415
};

[[nodiscard]] Message capabilities_request(Peer const& self);
[[nodiscard]] Message capabilities_answer(Message const& request, Peer const& self, std::uint32_t result);
[[nodiscard]] Message watchdog_request(Peer const& self);
/// Disconnect-Cause 0 REBOOTING, 1 BUSY, 2 DO_NOT_WANT_TO_TALK_TO_YOU (RFC 6733 5.4.3)
[[nodiscard]] Message disconnect_request(Peer const& self, std::uint32_t cause);
/// DWA, DPA and every other answer that carries only Result-Code, Origin-Host and Origin-Realm, after the Session-Id
/// and before the Proxy-Info that the request had (RFC 6733 6.2); `error` sets the E bit and the order of 7.2.
[[nodiscard]] Message short_answer(Message const& request, Peer const& self, std::uint32_t result, bool error = false);

/// The header of an answer: command, application, identifiers and the P flag of the request (RFC 6733 6.2).
[[nodiscard]] Header answer_header(Message const& request, bool error = false);

/// The Proxy-Info AVPs of the request, unchanged and in their order (RFC 6733 6.2).
void append_proxy_infos(std::vector<Avp>& avps, Message const& request);

/// Result-Code of an answer (RFC 6733 7.1). Offsets count from the start of the message.
[[nodiscard]] Parsed<std::uint32_t> result_code(Message const& answer);

}  // namespace tollgate::diameter
