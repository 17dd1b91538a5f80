#pragma once
/// t=, r= and z=: when the session is active; b=: how much it may carry (RFC 8866 5.9 to 5.11, 5.8).
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sdp/section.hpp"

namespace tollgate::sdp {

/// time-field = "t=" start-time SP stop-time: seconds since 1900 in ten digits or more, 0 for unbounded; what 64 bits do not
/// hold is read as the most that they do
struct Timing {
  std::uint64_t start = 0;
  std::uint64_t stop = 0;
};
[[nodiscard]] Parsed<Timing> parse_timing(Piece line);

/// repeat-field = "r=" repeat-interval SP typed-time 1*( SP typed-time ): the whole value
[[nodiscard]] Parsed<std::string_view> parse_repeat(Piece line);
/// zone-field = "z=" time SP ["-"] typed-time *( SP time SP ["-"] typed-time ): the whole value
[[nodiscard]] Parsed<std::string_view> parse_zone(Piece line);

/// bandwidth-field = "b=" bwtype ":" bandwidth: kilobits a second for CT and AS
struct Bandwidth {
  std::string_view type;  ///< "CT", "AS", "X-..."
  std::uint64_t value = 0;
};
[[nodiscard]] Parsed<Bandwidth> parse_bandwidth(Piece line);

/// Every t= of the session; at least one, which Layout sees to.
[[nodiscard]] Parsed<std::vector<Timing>> timings(Section const& session);
/// Every b= of the session or of one media.
[[nodiscard]] Parsed<std::vector<Bandwidth>> bandwidths(Section const& section);

}  // namespace tollgate::sdp
