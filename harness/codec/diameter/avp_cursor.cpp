//   AVP = Code(32) Flags(8: V M P r r r r r) Length(24) [Vendor-ID(32)] Data padding     RFC 6733 4.1, 4.1.1
//   Length counts header and data, never the padding to a multiple of 4.
#include "codec/diameter/avp_cursor.hpp"

namespace tollgate::diameter {

static constexpr std::size_t length_at = 5;

std::unexpected<ParseError> AvpCursor::refused(std::string_view left, std::size_t header, std::size_t length) const {
  auto const at = offset();
  if (left.size() < avp_header_size) {
    return invalid(at, "AVP Header", "RFC 6733 4.1", "fewer than 8 octets are left");
  }
  if (length < avp_header_size) return invalid(at + length_at, "AVP Length", "RFC 6733 4.1", "below 8");
  if (length < header) return invalid(at + length_at, "AVP Length", "RFC 6733 4.1.1", "below 12 with the V flag");
  if (length > left.size()) return invalid(at + length_at, "AVP Length", "RFC 6733 7.1.5", "runs over the end");
  return invalid(at + length, "AVP padding", "RFC 6733 4.1", "the last AVP is not padded to a multiple of 4");
}

}  // namespace tollgate::diameter
