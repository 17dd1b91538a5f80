#pragma once
/// How long what shows a finding is: the measure by which a minimised sequence is compared with the shortest possible.
#include <cstddef>
#include <span>

#include "fuzz/play/arena.hpp"

namespace tollgate::fuzz {

/// Messages of ours that went out in these flows, on every channel, until the server ended or the flows did: each once, but as often as a
/// change repeats it. What our transactions repeat by themselves is not counted.
[[nodiscard]] std::size_t messages_sent(std::span<Played const> played);

}  // namespace tollgate::fuzz
