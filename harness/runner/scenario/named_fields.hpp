#pragma once
/// Fields of messages that a scenario names: in an attribute of their own, one or more, and in the braces of a text,
/// {reserve:diameter.hopbyhopid}.
#include <functional>
#include <string_view>
#include <vector>

#include "fields/fields.hpp"

namespace tollgate {

/// The port of ours that a message came to over UDP, as Wireshark calls it; nothing of one that came over a connection.
inline constexpr std::string_view arrival_port = "udp.dstport";

/// The fields of an attribute `field`, with a space between; what is none is left out.
[[nodiscard]] std::vector<fields::Path> fields_in(std::string_view attribute);

/// Whether one in the braces of the text is meant.
[[nodiscard]] bool names_field(std::string_view text, std::function<bool(fields::Path const&)> const& is_meant);

}  // namespace tollgate
