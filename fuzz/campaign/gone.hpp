#pragma once
/// A server that is not ours to launch and answers no more: nobody can have a fresh one, and what it has shown is a finding by its own
/// word.
#include <cstddef>
#include <vector>

#include "fuzz/finding/confirm.hpp"
#include "fuzz/play/ground.hpp"

namespace tollgate::fuzz {

/// With the words that it was played again 0 of 0 times.
[[nodiscard]] Problem as_gone(Problem problem);

/// Those flows as they were, and the last that the server has heard of them, the likeliest last.
[[nodiscard]] Confirmation as_played(LastingServer const& lasting, std::vector<Script> flows, std::size_t side_by_side);

/// What there is to suspect of a server of which nothing else is: it was asked to come back, and did not.
[[nodiscard]] Suspicion suspicion_of(LastingServer const& lasting);

}  // namespace tollgate::fuzz
