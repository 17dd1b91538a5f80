#include "codec/protocol.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "codec/ch2/document.hpp"

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

/// What CH-2 has of HTTP, or XML that names its name space or its elements near the start, be it behind a byte order mark
/// (XML 1.0 4.3.3).
static bool begins_like_ch2(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  constexpr std::size_t near = 1024;
  constexpr std::array words{"<EventRequest", ":EventRequest"};
  if (text.starts_with("HTTP/1.")) return true;
  if (text.starts_with("POST ")) return text.substr(0, text.find_first_of("\r\n")).contains(" HTTP/1.");
  auto const head = text.substr(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0, near);
  return head.starts_with('<') &&
         (head.contains(ch2::document_namespace) || std::ranges::any_of(words, [&](auto const* word) { return head.contains(word); }));
}

std::optional<Protocol> guess_protocol(std::string_view octets) {
  if (octets.starts_with("MSRP ")) return Protocol::msrp;
  if (octets.starts_with("v=")) return Protocol::sdp;
  if (begins_like_diameter(octets)) return Protocol::diameter;
  auto const text = octets.substr(std::min(octets.find_first_not_of("\r\n"), octets.size()));
  auto const line = text.substr(0, text.find_first_of("\r\n"));
  if (begins_like_cpim(line)) return Protocol::cpim;
  if (begins_like_sip(line)) return Protocol::sip;
  if (begins_like_ch2(text)) return Protocol::ch2;
  return std::nullopt;
}

std::string_view to_string(Protocol protocol) {
  switch (protocol) {
    case Protocol::sip: return "sip";
    case Protocol::sdp: return "sdp";
    case Protocol::msrp: return "msrp";
    case Protocol::cpim: return "cpim";
    case Protocol::diameter: return "diameter";
    case Protocol::ch2: return "ch2";
  }
  return "";
}

std::optional<Protocol> protocol_named(std::string_view name) {
  using enum Protocol;
  for (auto const protocol : {sip, sdp, msrp, cpim, diameter, ch2})
    if (to_string(protocol) == name) return protocol;
  return std::nullopt;
}

}  // namespace tollgate
