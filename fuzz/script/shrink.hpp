#pragma once
/// Makes what shows a problem smaller, in steps each of which is made sure.
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "fuzz/script/script.hpp"

namespace tollgate::fuzz {

/// What a flow is tried to be built on in place of its own base.
struct SimpleBase {
  std::string_view name;
  unsigned requests = 0;  ///< so many of SIP, all of one kind, are all that we send in it; 0: it is a push
};

/// The smallest list found that still shows the bucket: flows first, then changes, then what they are built on: the first of the `simple` that does,
/// none: each keeps its own. Every step is made
/// sure by a trial; at most so many of them.
[[nodiscard]] std::vector<Script> shrunk(std::vector<Script> scripts, std::function<bool(std::span<Script const>)> const& shows,
                                         unsigned trials_most, std::span<SimpleBase const> simple);

}  // namespace tollgate::fuzz
