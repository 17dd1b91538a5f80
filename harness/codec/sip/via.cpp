/// via-parm = sent-protocol LWS sent-by *( SEMI via-params ),  sent-protocol = name SLASH version SLASH transport,
/// sent-by = host [ COLON port ]  (RFC 3261 20.42, 25.1)
#include "codec/sip/via.hpp"

#include <algorithm>

#include "codec/sip/characters.hpp"
#include "codec/sip/host_port.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/name_addr.hpp"

namespace tollgate::sip {

static constexpr std::string_view clause = "RFC 3261 20.42";

std::string_view Via::branch() const {
  return parameters.find("branch").value_or(std::string_view());
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
  if (at >= text.size() || !is_space(text[at]))
    return invalid(at, "via-parm", clause, "expected white space before sent-by");
  skip();
  auto const semicolon = std::min(text.find(';', at), text.size());
  auto const sent_by = text.substr(at, semicolon - at);
  auto const host_port = parse_host_port(sent_by, true);
  if (!host_port) return shifted(host_port.error(), at);
  via.host = host_port->host;
  via.port = host_port->port;
  auto parameters = parse_parameters(text.substr(semicolon));
  if (!parameters) return shifted(parameters.error(), semicolon);
  via.parameters = std::move(*parameters);
  return via;
}

Parsed<Via> top_via(Message const& message) {
  auto const value = message.value(Name::via);
  if (!value) return invalid(0, "Via", "RFC 3261 8.1.1.7", "missing");
  return parse_via(split_list(*value).front());
}

}  // namespace tollgate::sip
