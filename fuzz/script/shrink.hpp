#pragma once
/// Makes what shows a problem smaller, in steps each of which is made sure.
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "fuzz/script/script.hpp"

namespace tollgate::fuzz {

/// The smallest list found that still shows the bucket: flows first, then changes, then what they are built on. Every step is made
/// sure by a trial; at most so many of them. `simplest` is the base that all are tried on; "": each keeps its own.
[[nodiscard]] std::vector<Script> shrunk(std::vector<Script> scripts, std::function<bool(std::span<Script const>)> const& shows,
                                         unsigned trials_most, std::string_view simplest);

}  // namespace tollgate::fuzz
