#pragma once
/// What a Charging Enabler asks of the SUT by itself: watchdog, disconnect, re-authorization, abort, and commands that nobody
/// knows (RFC 6733 5.4, 5.5, 8.3, 8.5).
#include <optional>
#include <string_view>

#include "codec/diameter/base_protocol.hpp"

namespace tollgate {

/// "DWR", "DPR" (REBOOTING), "RAR", "ASR" or a command code. Those of a credit session name the one of `ccr`, and the host that
/// sent it. Without identifiers. Nothing for another word.
[[nodiscard]] std::optional<diameter::Message> server_request(std::string_view command, diameter::Peer const& self,
                                                              diameter::Message const* ccr);
/// "DWA", "RAR", or the command code where the dictionary has no name.
[[nodiscard]] std::string name_of(diameter::Header const& header);

}  // namespace tollgate
