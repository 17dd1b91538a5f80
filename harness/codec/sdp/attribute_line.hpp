#pragma once
/// a= lines as they are written (RFC 8866 5.13, 9), and the values of attributes that are no MSRP's own.
#include <optional>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/sdp/layout.hpp"

namespace tollgate::sdp {

/// attribute = ( attribute-name ":" attribute-value ) / attribute-name
struct AttributeLine {
  std::string_view name;  ///< a token
  std::optional<Piece> value;
};
/// Refuses a name that is no token and a value of no octets.
[[nodiscard]] Parsed<AttributeLine> parse_attribute_line(Piece line);
/// Refuses a direction with a value (RFC 8866 6.7) and an rtpmap that is none:
/// rtpmap-value = payload-type SP encoding-name "/" clock-rate [ "/" encoding-params ] (RFC 8866 6.6).
[[nodiscard]] Parsed<void> check_attribute_value(AttributeLine const& line);

}  // namespace tollgate::sdp
