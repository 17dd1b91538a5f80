#include "refserver/request_faults.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>

#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/dictionary.hpp"

namespace tollgate::refserver {

using diameter::Avp;
using diameter::make;

namespace {

using Avps = std::vector<Avp>;

Avp* member(Avps& avps, std::string_view name) {
  auto const* const found = diameter::find(std::as_const(avps), name);
  return found == nullptr ? nullptr : &avps[static_cast<std::size_t>(found - avps.data())];
}

void leave_out(Avps& avps, std::string_view name) {
  if (auto const* const avp = member(avps, name)) avps.erase(avps.begin() + (avp - avps.data()));
}

/// Changes the members of the first AVP of that name, if there is one.
void edit_group(Avps& avps, std::string_view name, std::function<void(Avps&)> const& edit) {
  auto* const group = member(avps, name);
  auto members = group == nullptr ? Parsed<Avps>() : diameter::parse_avps(group->data);
  if (group == nullptr || !members) return;
  edit(*members);
  group->data = diameter::write_avps(*members);
}

/// The same units as octets, 100 of them a message.
void report_octets(Avps& avps) {
  constexpr std::uint64_t octets_a_message = 100;
  edit_group(avps, "Used-Service-Unit", [](Avps& units) {
    for (auto& unit : units)
      if (auto const messages = diameter::unsigned64(unit))
        unit = diameter::make_unsigned64("CC-Total-Octets", octets_a_message * *messages);
  });
}

void count_padding(Avps& avps) {
  for (auto const* name : {"Origin-Host", "Origin-Realm", "Destination-Realm", "Service-Context-Id"})
    if (auto* const avp = member(avps, name)) avp->data.resize((avp->data.size() + 3) / 4 * 4, '\0');
}

/// Four octets as well, but digits.
void count_in_text(Avps& avps) {
  edit_group(avps, "Service-Information", [](Avps& service) {
    edit_group(service, "IM-Information", [](Avps& counters) {
      for (auto& counter : counters) counter.data = fmt::format("{:04}", diameter::unsigned32(counter).value_or(0));
    });
  });
}

/// Without its domain, in all requests of a credit session but the first.
void rename_service(Avps& avps) {
  constexpr std::uint32_t initial = 1;
  auto const* const type = member(avps, "CC-Request-Type");
  auto* const service = member(avps, "Service-Context-Id");
  bool const is_first = type == nullptr || diameter::unsigned32(*type) == initial;
  if (!is_first && service != nullptr) service->data.resize(std::min(service->data.size(), service->data.find('@')));
}

void change_ccr(Avps& avps, Config const& config) {
  constexpr std::uint32_t end_user_e164 = 0;
  if (config.has(Fault::M50_octets_reported)) report_octets(avps);
  if (config.has(Fault::M67_used_units_requested))
    if (auto* const used = member(avps, "Used-Service-Unit")) *used = make("Requested-Service-Unit", used->data);
  if (config.has(Fault::M73_length_with_padding)) count_padding(avps);
  if (config.has(Fault::M74_counters_as_text)) count_in_text(avps);
  if (config.has(Fault::M79_sip_uri_as_e164))
    edit_group(avps, "Subscription-Id", [](Avps& id) {
      if (auto* const type = member(id, "Subscription-Id-Type")) *type = make("Subscription-Id-Type", end_user_e164);
    });
  if (config.has(Fault::M127_no_application_id)) leave_out(avps, "Auth-Application-Id");
  if (config.has(Fault::M127b_no_origin_realm)) leave_out(avps, "Origin-Realm");
  if (config.has(Fault::M128_other_service_in_debit)) rename_service(avps);
  if (config.has(Fault::M130_host_invented)) avps.push_back(make("Destination-Host", "another." + config.destination_realm));
}

}  // namespace

void RequestFaults::change(ch2::Request& request) {
  bool const reserves = request.type == ch2::RequestType::initial;
  if (config_.has(Fault::M65_number_over_all_sessions)) request.number = ++asked_;
  if (config_.has(Fault::M53_debit_for_another) && !reserves) request.subscriber = latest_subscriber_;
  if (reserves) latest_subscriber_ = request.subscriber;
}

void RequestFaults::change(diameter::Message& message) const {
  constexpr std::uint32_t accounting = 3;
  if (message.header.command == diameter::command_credit_control) change_ccr(message.avps, config_);
  if (message.header.command != diameter::command_capabilities || !config_.has(Fault::M131_accounting_alone)) return;
  if (auto* const application = member(message.avps, "Auth-Application-Id")) *application = make("Acct-Application-Id", accounting);
}

}  // namespace tollgate::refserver
