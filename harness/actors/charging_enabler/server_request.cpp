#include "actors/charging_enabler/server_request.hpp"

#include <fmt/format.h>

#include "codec/diameter/dictionary.hpp"

namespace tollgate {

using diameter::Avp;

static constexpr std::uint32_t reauthorize = 258, abort_session = 274;  // RFC 6733 3.1

static std::optional<std::uint32_t> code_of(std::string_view command) {
  if (command == "RAR") return reauthorize;
  if (command == "ASR") return abort_session;
  constexpr std::uint32_t most = 0xff'ffff;  // 24 bits
  auto const code = to_number<std::uint32_t>(command);
  return code && *code <= most ? code : std::nullopt;
}

static Avp mandatory(std::uint32_t code, Octets data) {
  return {.code = code, .flags = diameter::flag_mandatory, .data = std::move(data)};
}

std::optional<diameter::Message> server_request(std::string_view command, diameter::Peer const& self, diameter::Message const* ccr) {
  constexpr std::uint32_t session_id = 263, origin_host = 264, destination_realm = 283, destination_host = 293, origin_realm = 296,
                          auth_application_id = 258, reauthorize_type = 285, rebooting = 0, authorize_only = 0;
  if (command == "DWR") return diameter::watchdog_request(self);
  if (command == "DPR") return diameter::disconnect_request(self, rebooting);
  auto const code = code_of(command);
  if (!code) return std::nullopt;
  auto const said = [&](std::uint32_t avp) {
    auto const* const found = ccr == nullptr ? nullptr : ccr->find(avp);
    return found == nullptr ? Octets() : found->data;
  };
  diameter::Message request;
  request.header = {
      .flags = diameter::flag_request | diameter::flag_proxiable, .command = *code, .application = diameter::application_credit_control};
  request.avps = {mandatory(session_id, said(session_id)),
                  mandatory(origin_host, self.origin_host),
                  mandatory(origin_realm, self.origin_realm),
                  mandatory(destination_realm, said(origin_realm)),
                  mandatory(destination_host, said(origin_host)),
                  mandatory(auth_application_id, diameter::write_unsigned32(diameter::application_credit_control))};
  if (*code == reauthorize) request.avps.push_back(mandatory(reauthorize_type, diameter::write_unsigned32(authorize_only)));
  return request;
}

std::string name_of(diameter::Header const& header) {
  auto name = diameter::command_name(header);
  return name.starts_with("command ") ? fmt::format("{}", header.command) : name;
}

}  // namespace tollgate
