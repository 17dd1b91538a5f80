#pragma once
/// Which protocol octets of unknown origin speak: what `tollgate lint` and a fuzzer's corpus need.
#include <cstdint>
#include <optional>
#include <string_view>

namespace tollgate {

/// `ch2`: a document of CH-2, alone or in HTTP (scenarios/ch2.xsd).
enum class Protocol : std::uint8_t { sip, sdp, msrp, cpim, diameter, ch2 };

/// By the first line or octets: "MSRP ", "v=", a SIP version or SIP, SIPS or tel URI, a CPIM header, a Diameter header,
/// a POST or response of HTTP/1, the name space of CH-2 documents, a byte order mark before it or not; nothing for what begins like
/// none of these.
[[nodiscard]] std::optional<Protocol> guess_protocol(std::string_view octets);

[[nodiscard]] std::string_view to_string(Protocol protocol);
/// The one of that name, as `to_string` gives it.
[[nodiscard]] std::optional<Protocol> protocol_named(std::string_view name);

}  // namespace tollgate
