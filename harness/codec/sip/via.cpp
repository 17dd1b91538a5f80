/// via-parm = sent-protocol LWS sent-by *( SEMI via-params ),  sent-protocol = name SLASH version SLASH transport,
/// sent-by = host [ COLON port ]  (RFC 3261 20.42, 25.1)
#include "codec/sip/via.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sip/characters.hpp"
#include "codec/sip/host_port.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 20.42";

std::string_view Via::branch() const {
  return parameters.find("branch").value_or(std::string_view());
}

std::string_view Via::received() const {
  return parameters.find("received").value_or(std::string_view());
}
bool Via::asks_rport() const {
  return parameters.find("rport") == "";
}
std::optional<std::uint16_t> Via::rport() const {
  return to_number<std::uint16_t>(parameters.find("rport").value_or(std::string_view()));
}

static bool is_host(std::string_view value) {
  auto const host = parse_host_port(value);
  return (host && !host->port) || is_ipv6_address(value);
}

/// via-ttl, via-maddr, via-received, via-branch (RFC 3261 25.1), response-port (RFC 3581 5)
static Parsed<void> check_parameters(std::string_view text, Parameters const& parameters) {
  for (auto const& parameter : parameters) {
    auto const name = parameter.name;
    auto const given = parameter.value.value_or(std::string_view());
    auto const bad = [&](std::string_view rule, std::string_view detail) {
      return invalid(static_cast<std::size_t>(name.data() - text.data()), rule, clause, detail);
    };
    if (iequals(name, "branch")) {
      if (given.empty() || token_size(given) < given.size()) return bad("via-branch", "expected a token");
    } else if (iequals(name, "ttl")) {
      if (given.size() > 3 || !to_number<std::uint8_t>(given)) return bad("via-ttl", "expected 0 to 255");
    } else if (iequals(name, "maddr") || iequals(name, "received")) {
      if (!is_host(given)) return bad(iequals(name, "maddr") ? "via-maddr" : "via-received", "expected an address");
    } else if (iequals(name, "rport")) {
      if (parameter.value && !to_number<std::uint16_t>(given)) return bad("response-port", "expected a number up to 65535");
    }
  }
  return {};
}

Parsed<Via> parse_via(std::string_view text) {
  Via via;
  std::size_t at = 0;
  auto const skip = [&] { at += space_size(text.substr(at)); };
  std::string_view* const parts[] = {&via.protocol, &via.version, &via.transport};
  for (auto* const part : parts) {
    skip();
    auto const size = token_size(text.substr(at));
    if (size == 0) return invalid(at, "sent-protocol", clause, "expected a token");
    *part = text.substr(at, size);
    at += size;
    if (part == &via.transport) break;
    skip();
    if (at >= text.size() || text[at] != '/') return invalid(at, "sent-protocol", clause, "expected /");
    ++at;
  }
  if (at >= text.size() || !is_space(text[at])) return invalid(at, "via-parm", clause, "expected white space before sent-by");
  skip();
  auto const semicolon = std::min(text.find(';', at), text.size());
  auto const sent_by = text.substr(at, semicolon - at);
  auto const host_port = parse_host_port(sent_by, true);
  if (!host_port) return shifted(host_port.error(), at);
  via.host = host_port->host;
  via.port = host_port->port;
  auto const parameters = parse_parameters(text.substr(semicolon));
  if (!parameters) return shifted(parameters.error(), semicolon);
  via.parameters = *parameters;
  if (auto const good = check_parameters(text, via.parameters); !good) return std::unexpected(good.error());
  return via;
}

Parsed<Via> top_via(Fields fields) {
  auto const value = fields.value(Name::via);
  if (!value) return invalid(0, "Via", "RFC 3261 8.1.1.7", "missing");
  return parse_via(*List(*value).begin());
}

Parsed<std::vector<Via>> vias(Fields fields) {
  return every(fields, Name::via, parse_via);
}

}  // namespace tollgate::sip
