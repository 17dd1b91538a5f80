// AVPs held and written, and the values of basic types inside them (RFC 6733 4.1, 4.2).
#include <algorithm>

#include "base/assert.hpp"
#include "codec/diameter/avp_cursor.hpp"
#include "codec/diameter/big_endian.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::diameter {

static constexpr std::size_t header_size = 8, header_size_with_vendor = 12, length_max = 0xFFFFFF;

static constexpr std::size_t padding_of(std::size_t length) {
  return (4 - length % 4) % 4;
}

Parsed<std::vector<Avp>> parse_avps(std::string_view data, Limits limits) {
  if (data.size() > limits.octets) return over_limit(limits.octets, "AVP", "RFC 6733 4.4", "too many octets");
  std::vector<Avp> avps;
  for (AvpCursor cursor(data); !cursor.at_end();) {
    if (avps.size() == limits.avps) return over_limit(cursor.offset(), "AVP", "RFC 6733 4.1", "too many AVPs");
    auto const avp = cursor.next();
    if (!avp) return std::unexpected(avp.error());
    avps.push_back(
        {.code = avp->code, .flags = avp->flags, .vendor = avp->vendor, .data = Octets(avp->data), .padding = Octets(avp->padding)});
  }
  return avps;
}

std::size_t size_of_header(Avp const& avp) {
  return (avp.flags & flag_vendor) != 0 ? header_size_with_vendor : header_size;
}

std::size_t size_of(Avp const& avp) {
  std::size_t const length = size_of_header(avp) + avp.data.size();
  return length + padding_of(length);
}

Octets write_avps(std::vector<Avp> const& avps) {
  Octets octets;
  for (auto const& avp : avps) {
    std::size_t const header = size_of_header(avp);
    std::size_t const length = header + avp.data.size();
    TOLLGATE_ASSERT(length <= length_max);
    append_number(octets, avp.code, 4);
    append_number(octets, avp.flags, 1);
    append_number(octets, length, 3);
    if (header == header_size_with_vendor) append_number(octets, avp.vendor, 4);
    octets += avp.data;
    auto padding = avp.padding;
    padding.resize(padding_of(length), '\0');
    octets += padding;
  }
  return octets;
}

static Parsed<std::uint64_t> number(Avp const& avp, std::size_t octets, std::string_view type) {
  if (avp.data.size() != octets) {
    return invalid(std::min(avp.data.size(), octets), type, "RFC 6733 4.2", "the data has another length");
  }
  return read_number(avp.data, octets);
}

Parsed<std::uint32_t> unsigned32(Avp const& avp) {
  auto const value = number(avp, 4, "Unsigned32");
  if (!value) return std::unexpected(value.error());
  return static_cast<std::uint32_t>(*value);
}

Parsed<std::uint64_t> unsigned64(Avp const& avp) {
  return number(avp, 8, "Unsigned64");
}

Octets write_unsigned32(std::uint32_t value) {
  Octets octets;
  append_number(octets, value, 4);
  return octets;
}

Octets write_unsigned64(std::uint64_t value) {
  Octets octets;
  append_number(octets, value, 8);
  return octets;
}

}  // namespace tollgate::diameter
