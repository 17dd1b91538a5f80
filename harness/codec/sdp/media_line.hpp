#pragma once
/// m= line (RFC 8866 5.14).
#include <cstdint>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sdp/layout.hpp"

namespace tollgate::sdp {

/// media-field = "m=" media SP port [ "/" integer ] SP proto 1*( SP fmt )
struct MediaLine {
  std::string_view media;  ///< "message", "audio"
  std::uint16_t port = 0;
  std::uint32_t port_count = 1;
  std::string_view protocol;  ///< "TCP/MSRP"
  std::string_view formats;   ///< as written, one or more with a space between
};
[[nodiscard]] Parsed<MediaLine> parse_media_line(Piece line);

/// Whether a protocol is MSRP's: "TCP/MSRP" or "TCP/TLS/MSRP" (RFC 4975 8.1).
[[nodiscard]] bool is_msrp(std::string_view protocol);

}  // namespace tollgate::sdp
