#pragma once
/// AVPs as they lie in the octets, read one after the other without allocating (RFC 6733 4.1). `parse_avps` and `judge`
/// stand on it, so that there is one reading of the AVP header.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::diameter {

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
  std::string_view avps_;
  std::size_t base_;
  std::size_t at_ = 0;
};

}  // namespace tollgate::diameter
