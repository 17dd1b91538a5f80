#include "codec/sdp/media_line.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "codec/sdp/words.hpp"

namespace tollgate::sdp {

bool is_msrp(std::string_view protocol) {
  return protocol == "TCP/MSRP" || protocol == "TCP/TLS/MSRP";
}

Parsed<MediaLine> parse_media_line(Piece line) {
  constexpr std::string_view clause = "RFC 8866 5.14";
  Words words(line);
  auto const media = words.next_or_end();
  auto const port = words.next_or_end();
  auto const protocol = words.next_or_end();
  auto const end = line.offset + line.text.size();
  if (words.at_end() || words.rest().text.empty()) return invalid(end, "media-field", clause, "not four parts");
  if (media.text.empty()) return invalid(media.offset, "media", clause, "empty");
  auto const slash = std::min(port.text.find('/'), port.text.size());
  auto const number = to_number<std::uint16_t>(port.text.substr(0, slash));
  if (!number) return invalid(port.offset, "port", clause, "not a number up to 65535");
  MediaLine read{media.text, *number, 1, protocol.text, words.rest().text};
  if (slash < port.text.size()) {
    auto const count = to_number<std::uint32_t>(port.text.substr(slash + 1));
    if (!count || *count == 0) return invalid(port.offset + slash + 1, "integer", clause, "not a count of ports");
    read.port_count = *count;
  }
  if (protocol.text.empty()) return invalid(protocol.offset, "proto", clause, "empty");
  while (auto const format = words.next())
    if (format->text.empty()) return invalid(format->offset, "fmt", clause, "empty");
  return read;
}

}  // namespace tollgate::sdp
