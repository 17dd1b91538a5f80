// Messages between peers (RFC 6733 5.3-5.5), in the order of their grammars:
//
//   CER = Origin-Host Origin-Realm 1*Host-IP-Address Vendor-Id Product-Name *Supported-Vendor-Id
//   *Auth-Application-Id  5.3.1 CEA = Result-Code, then as CER                       5.3.2 DWR = Origin-Host
//   Origin-Realm                       5.5.1 DPR = Origin-Host Origin-Realm Disconnect-Cause      5.4.1 DWA, DPA =
//   Result-Code Origin-Host Origin-Realm      5.5.2, 5.4.2 answer-message = [Session-Id] Origin-Host Origin-Realm
//   Result-Code *Proxy-Info     7.2
#include "codec/diameter/base_protocol.hpp"

#include <arpa/inet.h>
#include <array>
#include <utility>

#include "base/assert.hpp"
#include "codec/diameter/avp_reader.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::diameter {

/// Address = AddressType(16: 1 IPv4, 2 IPv6) octets     RFC 6733 4.3.1
static Octets write_address(std::string const& text) {
  std::array<char, 16> octets{};
  if (inet_pton(AF_INET, text.c_str(), octets.data()) == 1) return Octets("\0\1", 2).append(octets.data(), 4);
  bool const is_ipv6 = inet_pton(AF_INET6, text.c_str(), octets.data()) == 1;
  TOLLGATE_ASSERT(is_ipv6);
  return Octets("\0\2", 2).append(octets.data(), 16);
}

static Message request(std::uint32_t command, Peer const& self) {
  Message message;
  message.header.flags = flag_request;
  message.header.command = command;
  message.avps = {make("Origin-Host", self.origin_host), make("Origin-Realm", self.origin_realm)};
  return message;
}

static void append_capabilities(std::vector<Avp>& avps, Peer const& self) {
  avps.push_back(make("Host-IP-Address", write_address(self.host_ip_address)));
  avps.push_back(make("Vendor-Id", self.vendor_id));
  avps.push_back(make("Product-Name", self.product_name));
  for (auto const vendor : self.supported_vendors) avps.push_back(make("Supported-Vendor-Id", vendor));
  avps.push_back(make("Auth-Application-Id", application_credit_control));
}

Message capabilities_request(Peer const& self) {
  auto message = request(command_capabilities, self);
  append_capabilities(message.avps, self);
  return message;
}

Message capabilities_answer(Message const& request, Peer const& self, std::uint32_t result) {
  Message message;
  message.header = answer_header(request);
  message.avps = {make("Result-Code", result), make("Origin-Host", self.origin_host), make("Origin-Realm", self.origin_realm)};
  append_capabilities(message.avps, self);
  return message;
}

Message watchdog_request(Peer const& self) {
  return request(command_watchdog, self);
}

Message disconnect_request(Peer const& self, std::uint32_t cause) {
  auto message = request(command_disconnect, self);
  message.avps.push_back(make("Disconnect-Cause", cause));
  return message;
}

Header answer_header(Message const& request, bool error) {
  auto header = request.header;
  header.version = 1;
  header.flags = static_cast<std::uint8_t>((request.header.flags & flag_proxiable) | (error ? flag_error : 0));
  return header;
}

Message short_answer(Message const& request, Peer const& self, std::uint32_t result, bool error) {
  Message message;
  message.header = answer_header(request, error);
  auto& avps = message.avps;
  if (auto const* session_id = find(request.avps, "Session-Id")) avps.push_back(make("Session-Id", session_id->data));
  if (!error) avps.push_back(make("Result-Code", result));
  avps.push_back(make("Origin-Host", self.origin_host));
  avps.push_back(make("Origin-Realm", self.origin_realm));
  if (error) avps.push_back(make("Result-Code", result));
  append_proxy_infos(avps, request);
  return message;
}

void append_proxy_infos(std::vector<Avp>& avps, Message const& request) {
  auto const* const rule = Dictionary::standard().avp("Proxy-Info");
  for (auto const& avp : request.avps) {
    if (avp.is(rule->code, rule->vendor)) avps.push_back(avp);
  }
}

Parsed<std::uint32_t> result_code(Message const& answer) {
  std::optional<ParseError> error;
  auto const code = AvpReader(answer, error).required_unsigned32("Result-Code", "RFC 6733 7.1");
  if (error) return std::unexpected(*error);
  return code;
}

}  // namespace tollgate::diameter
