#pragma once
/// A change of the answer to the server's CER (RFC 6733 5.3): its connection is what all flows share, so that a case with such a change has
/// a server of its own.
#include <span>

#include "fuzz/script/script.hpp"

namespace tollgate::fuzz {

/// The number of the message that such a change names: what comes before the first of a flow.
inline constexpr unsigned nth_of_capabilities = 0;

/// The first such change; null where there is none.
[[nodiscard]] Change const* change_of_capabilities(std::span<Script const> scripts);

}  // namespace tollgate::fuzz
