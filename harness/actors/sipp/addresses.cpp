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

/// Of a URI; "" for UDP, which needs none.
static std::string parameter_of(trace::Transport transport) {
  return transport == trace::Transport::udp ? "" : fmt::format(";transport={}", to_string(transport));
}

/// With the transport in each URI of the tap that names none (RFC 3261 19.1.1): else it would be called over UDP. A URI without <> has
/// no parameters of its own (20.10), and gets them.
static std::string with_transport(std::string value, std::string const& tap, std::string const& parameter) {
  for (auto at = value.find(tap); at != std::string::npos; at = value.find(tap, at + tap.size())) {
    auto const begin = value.find_last_of("<,", at);
    bool const is_in_brackets = begin != std::string::npos && value[begin] == '<';
    auto const end = is_in_brackets ? value.find('>', at) : at + tap.size();
    if (end == std::string::npos || value.substr(at, end - at).contains(";transport=")) continue;
    if (is_in_brackets) {
      value.insert(at + tap.size(), parameter);
      continue;
    }
    auto const first = value.find_first_not_of(' ', begin == std::string::npos ? 0 : begin + 1);
    value.insert(end, parameter + ">");
    value.insert(first, "<");
    at += parameter.size() + 2;
  }
  return value;
}

static std::string with_tap(std::string value, std::string const& own, std::string const& tap, trace::Transport transport) {
  if (value.find(own) == std::string::npos) return value;
  return replaced(replaced(value, own, tap), ";transport=TCP", parameter_of(transport));
}

void show_tap(sip::Message& message, Addresses const& addresses) {
  auto const own = addresses.own.text();
  auto const tap = (message.method() == "REGISTER" ? addresses.contact : addresses.session_contact).text();
  for (auto const name : {Name::contact, Name::from, Name::to, Name::record_route}) {
    auto const value = message.value(name);
    if (!value || value->find(own) == std::string_view::npos) continue;
    auto shown = with_tap(std::string(*value), own, tap, addresses.transport);
    bool const is_called = name == Name::contact || name == Name::record_route;
    if (is_called && addresses.transport != trace::Transport::udp)
      shown = with_transport(std::move(shown), tap, parameter_of(addresses.transport));
    message.set(name, shown);
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
