#pragma once
/// A Diameter message, held exactly as received: header and an ordered list of AVPs (RFC 6733 3, 4).
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "base/text.hpp"

namespace tollgate::diameter {

/// Command flags (RFC 6733 3).
inline constexpr std::uint8_t flag_request = 0x80, flag_proxiable = 0x40, flag_error = 0x20, flag_retransmitted = 0x10;
/// AVP flags (RFC 6733 4.1).
inline constexpr std::uint8_t flag_vendor = 0x80, flag_mandatory = 0x40, flag_protected = 0x20;

struct Header {
  std::uint8_t version = 1;
  std::uint8_t flags = 0;     ///< reserved bits kept as received
  std::uint32_t command = 0;  ///< 24 bits
  std::uint32_t application = 0;
  std::uint32_t hop_by_hop = 0;
  std::uint32_t end_to_end = 0;

  [[nodiscard]] bool is_request() const { return (flags & flag_request) != 0; }
};

/// `data` is without padding; `padding` as received (writing cuts it or fills it with zeros to a multiple of 4).
/// Grouped AVPs hold their members in `data`: see `parse_avps`.
struct Avp {
  std::uint32_t code = 0;
  std::uint8_t flags = 0;
  std::uint32_t vendor = 0;  ///< Vendor-ID, written when the V flag is set
  Octets data = {};
  Octets padding = {};

  /// Without the V flag an AVP belongs to vendor 0, whatever `vendor` says (RFC 6733 4.1).
  [[nodiscard]] bool is(std::uint32_t of_code, std::uint32_t of_vendor) const {
    return code == of_code && ((flags & flag_vendor) != 0 ? vendor : 0) == of_vendor;
  }
};

struct Limits {
  std::size_t octets = 1 << 20;
  std::size_t avps = 4096;
  std::size_t depth = 16;  ///< of Grouped AVPs inside each other
};

struct Message {
  Header header;
  std::vector<Avp> avps;

  /// Exactly one message, as `frame` cut it. Refuses version other than 1 and lengths that do not fit (RFC 6733
  /// 3, 4.1).
  [[nodiscard]] static Parsed<Message> parse(std::string_view octets, Limits limits = {});
  [[nodiscard]] Octets write() const;

  /// The first top-level AVP of that code and vendor.
  [[nodiscard]] Avp const* find(std::uint32_t code, std::uint32_t vendor = 0) const;
};

/// Octets of the header, which the AVPs follow.
inline constexpr std::size_t message_header_size = 20;
/// The header of exactly one message, as `frame` cut it.
[[nodiscard]] Parsed<Header> parse_header(std::string_view octets, Limits const& limits = {});

/// The AVPs of a Grouped AVP's data (RFC 6733 4.4). Offsets of errors count from the start of `data`.
[[nodiscard]] Parsed<std::vector<Avp>> parse_avps(std::string_view data, Limits limits = {});
[[nodiscard]] Octets write_avps(std::vector<Avp> const& avps);

/// Octets of the AVP's header (8, or 12 with the V flag), and of the whole AVP with its padding.
[[nodiscard]] std::size_t size_of_header(Avp const& avp);
[[nodiscard]] std::size_t size_of(Avp const& avp);

/// Cuts the next message from a stream by the 24-bit Message Length (RFC 6733 3).
[[nodiscard]] Framed frame(std::string_view stream, Limits limits = {});

// Values of AVPs (RFC 6733 4.2). Integers refuse any other length than theirs; offsets count from the start of the
// data.
[[nodiscard]] Parsed<std::uint32_t> unsigned32(Avp const& avp);
[[nodiscard]] Parsed<std::uint64_t> unsigned64(Avp const& avp);
[[nodiscard]] Octets write_unsigned32(std::uint32_t value);
[[nodiscard]] Octets write_unsigned64(std::uint64_t value);

}  // namespace tollgate::diameter
