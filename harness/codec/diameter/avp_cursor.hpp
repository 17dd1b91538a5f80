#pragma once
/// AVPs as they lie in the octets, read one after the other without allocating (RFC 6733 4.1). `parse_avps` and `judge`
/// stand on it, so that there is one reading of the AVP header.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/diameter/big_endian.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::diameter {

inline constexpr std::size_t avp_header_size = 8, avp_header_size_with_vendor = 12;

struct AvpView {
  std::uint32_t code = 0;
  std::uint32_t vendor = 0;  ///< 0 without the V flag
  std::uint8_t flags = 0;
  std::size_t offset = 0;       ///< of the AVP header
  std::size_t header_size = 0;  ///< 8, or 12 with the V flag
  std::string_view data;        ///< without padding
  std::string_view padding;

  [[nodiscard]] std::size_t data_offset() const { return offset + header_size; }
  [[nodiscard]] std::size_t length() const { return header_size + data.size(); }  ///< AVP Length: without padding
  [[nodiscard]] bool is_mandatory() const { return (flags & flag_mandatory) != 0; }
};

class AvpCursor {
 public:
  /// `avps` are the octets behind a message's header or of a Grouped AVP; `base` is added to every offset.
  explicit AvpCursor(std::string_view avps = {}, std::size_t base = 0) : avps_(avps), base_(base) {}

  [[nodiscard]] bool at_end() const { return at_ == avps_.size(); }
  [[nodiscard]] std::size_t offset() const { return base_ + at_; }
  /// Reads the AVP at the cursor and moves behind its padding. Refuses lengths below the header's or over the end, and
  /// a last AVP without its padding. Not to be asked at the end, nor after an error.
  [[nodiscard]] Parsed<AvpView> next();

 private:
  /// Why the AVP at the cursor cannot be cut from what is left.
  [[nodiscard]] std::unexpected<ParseError> refused(std::string_view left, std::size_t header, std::size_t length) const;

  std::string_view avps_;
  std::size_t base_;
  std::size_t at_ = 0;
};

/// Inline, as judging goes through it for every AVP.
inline Parsed<AvpView> AvpCursor::next() {
  auto const left = avps_.substr(at_);
  if (left.size() < avp_header_size) return refused(left, 0, 0);
  AvpView avp;
  avp.code = read_u32(left);
  avp.flags = static_cast<std::uint8_t>(left[4]);
  std::size_t const length = read_u24(left.substr(5));
  std::size_t const padded = (length + 3) & ~std::size_t{3};
  avp.header_size = (avp.flags & flag_vendor) != 0 ? avp_header_size_with_vendor : avp_header_size;
  if (length < avp.header_size || padded > left.size()) return refused(left, avp.header_size, length);
  if (avp.header_size == avp_header_size_with_vendor) avp.vendor = read_u32(left.substr(avp_header_size));
  avp.offset = offset();
  avp.data = left.substr(avp.header_size, length - avp.header_size);
  avp.padding = left.substr(length, padded - length);
  at_ += padded;
  return avp;
}

}  // namespace tollgate::diameter
