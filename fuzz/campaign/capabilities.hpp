#pragma once
/// Cases that change the answer to the server's CER (RFC 6733 5.3): its connection is what all flows share, so that each such case has a
/// server of its own.
#include <span>
#include <vector>

#include "fuzz/campaign/confirm.hpp"

namespace tollgate::fuzz {

/// The number of the message that such a change names: what comes before the first of a flow.
inline constexpr unsigned nth_of_capabilities = 0;

/// The first such change; null where there is none.
[[nodiscard]] Change const* change_of_capabilities(std::span<Script const> scripts);

/// Plays it: what the server's own word is of that. What its flow lacks says nothing, for the server may want no such peer.
[[nodiscard]] std::vector<Suspicion> tried_capabilities(Ground const& ground, Script const& script);

}  // namespace tollgate::fuzz
