#pragma once
/// What a run of the suite, a campaign or somebody's capture has shown, as scripts to build on: for each user who registered, the variant
/// of the push that comes nearest, and what our side did in it that the variant does not.
#include <vector>

#include "fuzz/script/script.hpp"
#include "trace/trace.hpp"

namespace tollgate::fuzz {

/// A change is a message of ours that went out several times, or late; of a campaign's own trace, what it noted. Plain pushes in which
/// nothing of that kind happened are left out.
[[nodiscard]] std::vector<Script> recorded_in(trace::Trace const& trace);

}  // namespace tollgate::fuzz
