#pragma once
/// What is new in a flow, for servers that are not instrumented: what they answered, in which state, how soon.
#include <cstdint>
#include <set>

#include "trace/trace.hpp"

namespace tollgate::fuzz {

/// Each a hash: of a message of the SUT by what came before it on its channel, its status, and the order of magnitude of the
/// time that it took.
[[nodiscard]] std::set<std::uint64_t> features_of(trace::Trace const& trace);

}  // namespace tollgate::fuzz
