#pragma once
/// What a run says of its server as a whole, which no case says by itself.
#include "actors/ixit.hpp"
#include "runner/bundle.hpp"
#include "runner/result.hpp"

namespace tollgate {

/// The reading of the ambiguous steps, the bundles that have it, and the order of the steps: from the traces of the cases. Of `timers`
/// only the durations and the relay.
void sum_up(Run& run, Profile const& profile, Ixit const& timers);

}  // namespace tollgate
