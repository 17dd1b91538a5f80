//   AVP = Code(32) Flags(8: V M P r r r r r) Length(24) [Vendor-ID(32)] Data padding     RFC 6733 4.1, 4.1.1
//   Length counts header and data, never the padding to a multiple of 4.
#include "codec/diameter/avp_cursor.hpp"

#include "codec/diameter/big_endian.hpp"

namespace tollgate::diameter {

static constexpr std::size_t size_without_vendor = 8, size_with_vendor = 12, flags_at = 4, length_at = 5;

/// Why the AVP at `at` cannot be cut from `left`.
static std::unexpected<ParseError> refused(std::string_view left, std::size_t at, std::size_t header,
                                           std::size_t length) {
  if (left.size() < size_without_vendor) {
    return invalid(at, "AVP Header", "RFC 6733 4.1", "fewer than 8 octets are left");
  }
  if (length < size_without_vendor) return invalid(at + length_at, "AVP Length", "RFC 6733 4.1", "below 8");
  if (length < header) return invalid(at + length_at, "AVP Length", "RFC 6733 4.1.1", "below 12 with the V flag");
  if (length > left.size()) return invalid(at + length_at, "AVP Length", "RFC 6733 7.1.5", "runs over the end");
  return invalid(at + length, "AVP padding", "RFC 6733 4.1", "the last AVP is not padded to a multiple of 4");
}

Parsed<AvpView> AvpCursor::next() {
  auto const left = avps_.substr(at_);
  if (left.size() < size_without_vendor) return refused(left, offset(), 0, 0);
  AvpView avp;
  avp.code = read_u32(left);
  avp.flags = static_cast<std::uint8_t>(left[flags_at]);
  std::size_t const length = read_u24(left.substr(length_at));
  std::size_t const padded = (length + 3) & ~std::size_t{3};
  avp.header_size = (avp.flags & flag_vendor) != 0 ? size_with_vendor : size_without_vendor;
  if (length < avp.header_size || padded > left.size()) return refused(left, offset(), avp.header_size, length);
  if (avp.header_size == size_with_vendor) avp.vendor = read_u32(left.substr(size_without_vendor));
  avp.offset = offset();
  avp.data = left.substr(avp.header_size, length - avp.header_size);
  avp.padding = left.substr(length, padded - length);
  at_ += padded;
  return avp;
}

}  // namespace tollgate::diameter
