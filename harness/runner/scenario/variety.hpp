#pragma once
/// How much of a value that must not be guessed varies from one to the next.
#include <set>
#include <string>

namespace tollgate {

/// Bits that the values show when they are laid side by side: at each place the logarithm of how many characters have been seen
/// there, added up. What a SUT draws at random cannot be seen from outside; what it counts shows in a few places only.
[[nodiscard]] double seen_bits(std::set<std::string> const& values);

}  // namespace tollgate
