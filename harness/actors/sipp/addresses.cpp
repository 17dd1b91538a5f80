#include "actors/sipp/addresses.hpp"

#include <fmt/format.h>
#include <map>

#include "codec/sip/via.hpp"

namespace tollgate::sipp {

using sip::Name;

/// As a Via writes it.
static std::string_view name_of(trace::Transport transport) {
  switch (transport) {
    case trace::Transport::udp: return "UDP";
    case trace::Transport::tcp: return "TCP";
    case trace::Transport::tls: return "TLS";
  }
  return "";
}

static std::string with_tap(std::string value, std::string const& own, std::string const& tap, trace::Transport transport) {
  if (value.find(own) == std::string::npos) return value;
  auto const parameter = transport == trace::Transport::udp ? "" : fmt::format(";transport={}", to_string(transport));
  return replaced(replaced(value, own, tap), ";transport=TCP", parameter);
}

void show_tap(sip::Message& message, Addresses const& addresses) {
  auto const own = addresses.own.text();
  auto const tap = (message.method() == "REGISTER" ? addresses.contact : addresses.session_contact).text();
  for (auto const name : {Name::contact, Name::from, Name::to, Name::record_route}) {
    auto const value = message.value(name);
    if (value && value->find(own) != std::string_view::npos)
      message.set(name, with_tap(std::string(*value), own, tap, addresses.transport));
  }
  if (!message.is_request()) return;
  message.set_request_uri(with_tap(std::string(message.request_uri()), own, tap, addresses.transport));
  auto const via = sip::top_via(message);
  if (!via) return;
  auto const shown =
      fmt::format("SIP/2.0/{} {};branch={};rport", name_of(addresses.transport), addresses.session_contact.text(), via->branch());
  message.set(Name::via, shown);
}

}  // namespace tollgate::sipp
