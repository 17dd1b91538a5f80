#include "codec/protocol.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tollgate {

/// CPIM begins with one of its own headers (RFC 3862 3), SIP with a start line that has no colon before its first space.
static bool begins_like_cpim(std::string_view octets) {
  constexpr std::array headers{"From:", "To:", "cc:", "DateTime:", "Subject:", "NS:", "Require:", "Content-Type: message/cpim"};
  return std::ranges::any_of(headers, [&](std::string_view header) { return iequals(octets.substr(0, header.size()), header); });
}

Protocol guess_protocol(std::string_view octets) {
  constexpr std::size_t diameter_header = 20;
  if (octets.starts_with("MSRP")) return Protocol::msrp;
  if (octets.starts_with("v=")) return Protocol::sdp;
  // The length of a Diameter message begins with a zero octet below 64 KiB; text never has one there.
  bool const binary = octets.size() >= diameter_header && static_cast<unsigned char>(octets[0]) < ' ' && octets[0] != '\r' && octets[0] != '\n';
  if (binary) return Protocol::diameter;
  return begins_like_cpim(octets) ? Protocol::cpim : Protocol::sip;
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

}  // namespace tollgate
