#pragma once
/// Durations as scenario files write them: "2s", "500ms", "live", "0.9*msrp_transaction", "msrp_transaction+live".
#include <string_view>

#include "actors/ixit.hpp"
#include "base/parsed.hpp"

namespace tollgate {

/// term *( ( "+" / "-" ) term ), term = [ number "*" ] ( number unit / name of an IXIT timer ). `text` is checked against
/// the timers of `ixit`; an unknown name is refused with the list of the known ones as `detail`.
[[nodiscard]] Parsed<Duration> read_duration(std::string_view text, Ixit const& ixit);

/// "30s", "500ms", "10m", "1.5s": a number and a unit (ms, s, m, h), nothing else.
[[nodiscard]] Parsed<Duration> read_plain_duration(std::string_view text);

}  // namespace tollgate
