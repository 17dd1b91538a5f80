#pragma once
/// Which protocol octets of unknown origin speak: what `tollgate lint` and a fuzzer's corpus need.
#include <cstdint>
#include <string_view>

namespace tollgate {

enum class Protocol : std::uint8_t { sip, sdp, msrp, cpim, diameter };

/// By the first octets: "MSRP ", "v=", a Diameter version with a length that fits, a CPIM header; SIP for all the rest.
[[nodiscard]] Protocol guess_protocol(std::string_view octets);
[[nodiscard]] std::string_view to_string(Protocol protocol);

}  // namespace tollgate
