// The Diameter message and how a stream is cut into messages.
//
//   Header = Version(8) Message-Length(24) Flags(8: R P E T r r r r) Command-Code(24)
//            Application-ID(32) Hop-by-Hop(32) End-to-End(32)                            RFC 6733 3
//   Message-Length counts header and padded AVPs and is a multiple of 4.
#include "codec/diameter/message.hpp"

#include <utility>

#include "base/assert.hpp"
#include "codec/diameter/big_endian.hpp"

namespace tollgate::diameter {

static constexpr std::size_t length_at = 1, length_max = 0xFFFFFF;
static constexpr std::string_view clause = "RFC 6733 3";

/// The Message Length of at least 4 octets.
static Parsed<std::size_t> message_length(std::string_view octets, Limits const& limits) {
  if (octets[0] != 1) return invalid(0, "Version", clause, "is not 1");
  std::size_t const length = read_u24(octets.substr(length_at));
  if (length < message_header_size) return invalid(length_at, "Message Length", clause, "below 20");
  if (length % 4 != 0) return invalid(length_at, "Message Length", clause, "is not a multiple of 4");
  if (length > limits.octets) return over_limit(length_at, "Message Length", clause, "too many octets");
  return length;
}

Framed frame(std::string_view stream, Limits limits) {
  if (stream.size() < 4) return Framed::more();
  auto const length = message_length(stream, limits);
  if (!length) return Framed::bad(length.error());
  return stream.size() < *length ? Framed::more() : Framed::message(*length);
}

Parsed<Header> parse_header(std::string_view octets, Limits const& limits) {
  if (octets.size() < 4) return invalid(octets.size(), "Diameter Header", clause, "fewer than 20 octets");
  auto const length = message_length(octets, limits);
  if (!length) return std::unexpected(length.error());
  if (*length != octets.size()) {
    return invalid(length_at, "Message Length", clause, "is not the number of octets given");
  }
  return Header{.version = static_cast<std::uint8_t>(octets[0]),
                .flags = static_cast<std::uint8_t>(octets[4]),
                .command = read_u24(octets.substr(5)),
                .application = read_u32(octets.substr(8)),
                .hop_by_hop = read_u32(octets.substr(12)),
                .end_to_end = read_u32(octets.substr(16))};
}

Parsed<Message> Message::parse(std::string_view octets, Limits limits) {
  auto const header = parse_header(octets, limits);
  if (!header) return std::unexpected(header.error());
  auto avps = parse_avps(octets.substr(message_header_size), limits);
  if (!avps) return shifted(avps.error(), message_header_size);
  return Message{*header, std::move(*avps)};
}

Octets Message::write() const {
  auto const body = write_avps(avps);
  std::size_t const length = message_header_size + body.size();
  TOLLGATE_ASSERT(length <= length_max);
  Octets octets;
  octets.reserve(length);
  append_number(octets, header.version, 1);
  append_number(octets, length, 3);
  append_number(octets, header.flags, 1);
  append_number(octets, header.command, 3);
  append_number(octets, header.application, 4);
  append_number(octets, header.hop_by_hop, 4);
  append_number(octets, header.end_to_end, 4);
  return octets + body;
}

Avp const* Message::find(std::uint32_t code, std::uint32_t vendor) const {
  for (auto const& avp : avps) {
    if (avp.is(code, vendor)) return &avp;
  }
  return nullptr;
}

}  // namespace tollgate::diameter
