#pragma once
/// Mutations of plain octets, for what no grammar thinks of.
#include <span>

#include "fuzz/mutate/mutate.hpp"

namespace tollgate::fuzz {

[[nodiscard]] std::span<Mutation const> raw_mutations();

}  // namespace tollgate::fuzz
