#pragma once
/// Plays a case that changes the answer to the server's CER on a server of its own.
#include <vector>

#include "fuzz/finding/confirm.hpp"

namespace tollgate::fuzz {

/// What the server's own word is of that. What its flow lacks says nothing, for the server may want no such peer.
[[nodiscard]] std::vector<Suspicion> tried_capabilities(Ground const& ground, Script const& script);

}  // namespace tollgate::fuzz
