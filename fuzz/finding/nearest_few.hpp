#pragma once
/// Makes many flows a few in one step: see nearness.hpp.
#include <functional>
#include <span>
#include <vector>

#include "fuzz/play/trial.hpp"

namespace tollgate::fuzz {

/// Of flows side by side, in a play of which a problem was `seen`, the sixteen at most that did something when the server last said anything:
/// as few of them as show it again, as they are or in slow motion. Where none do, `flows`. `seen` is read before the first of `shows`, which may
/// put another in its place.
[[nodiscard]] std::vector<Script> nearest_few(std::vector<Script> flows, TrialResult const& seen,
                                              std::function<bool(std::span<Script const>)> const& shows);

}  // namespace tollgate::fuzz
