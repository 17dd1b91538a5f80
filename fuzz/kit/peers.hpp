#pragma once
/// The parsers that were found when this was built. Each example is compiled a second time with names of its own.
#include <span>

#include "fuzz/kit/differential.hpp"

namespace tollgate::fuzz {

[[nodiscard]] std::span<Peer const> linked_peers();

}  // namespace tollgate::fuzz
