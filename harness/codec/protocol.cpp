#include "codec/protocol.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tollgate {

/// CPIM begins with one of its own headers (RFC 3862 3), whose value follows a space or parameters; SIP with a start line
/// that has no colon before its first space.
static bool begins_like_cpim(std::string_view line) {
  constexpr std::array headers{"From", "To", "cc", "DateTime", "Subject", "NS", "Require"};
  if (iequals(line.substr(0, line.find(';')), "Content-Type: message/cpim")) return true;
  auto const colon = std::min(line.find(':'), line.size());
  bool const has_value = line.substr(colon).starts_with(": ") || line.substr(colon).starts_with(":;");
  return has_value && std::ranges::find(headers, line.substr(0, colon)) != headers.end();
}

/// A version anywhere, or a URI behind a method: the start line may be what is broken.
static bool begins_like_sip(std::string_view line) {
  constexpr std::array schemes{" sip:", " sips:", " tel:"};
  auto const text = lower(line);
  return text.starts_with("sip/") || text.contains(" sip/") ||
         std::ranges::any_of(schemes, [&](std::string_view scheme) { return text.contains(scheme); });
}

/// A version that is or may become one: no text begins with such an octet.
static bool begins_like_diameter(std::string_view octets) {
  constexpr std::size_t header = 20;
  constexpr unsigned char version_most = 8;
  return octets.size() >= header && static_cast<unsigned char>(octets[0]) <= version_most;
}

std::optional<Protocol> guess_protocol(std::string_view octets) {
  if (octets.starts_with("MSRP ")) return Protocol::msrp;
  if (octets.starts_with("v=")) return Protocol::sdp;
  if (begins_like_diameter(octets)) return Protocol::diameter;
  auto const text = octets.substr(std::min(octets.find_first_not_of("\r\n"), octets.size()));
  auto const line = text.substr(0, text.find_first_of("\r\n"));
  if (begins_like_cpim(line)) return Protocol::cpim;
  if (begins_like_sip(line)) return Protocol::sip;
  return std::nullopt;
}

std::string_view to_string(Protocol protocol) {
  switch (protocol) {
    case Protocol::sip: return "sip";
    case Protocol::sdp: return "sdp";
    case Protocol::msrp: return "msrp";
    case Protocol::cpim: return "cpim";
    case Protocol::diameter: return "diameter";
  }
  return "";
}

std::optional<Protocol> protocol_named(std::string_view name) {
  using enum Protocol;
  for (auto const protocol : {sip, sdp, msrp, cpim, diameter})
    if (to_string(protocol) == name) return protocol;
  return std::nullopt;
}

}  // namespace tollgate
