#pragma once
/// Traces drawn from a vocabulary of real messages, in any order and with any reference: what rules must be able to
/// judge.
#include "fuzz/support/choices.hpp"
#include "trace/trace.hpp"

namespace tollgate::fuzz {

/// As many events as the choices last, at most 64. Some have octets that are mutated or noise.
[[nodiscard]] trace::Trace trace_of(Choices& choices);

}  // namespace tollgate::fuzz
