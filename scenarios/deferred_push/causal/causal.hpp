#pragma once
/// Withheld variants, made from the flow: for each arrow "our answer allows their message" of the twelve steps, a case that
/// holds the answer back, hears nothing of what stands behind it, lets it go, and hears it.
#include <vector>

#include "runner/case.hpp"

namespace tollgate::deferred_push {

/// One case for each arrow, "CV-4-5" for the one from step 4 to step 5.
[[nodiscard]] std::vector<Case> causal_variants();

}  // namespace tollgate::deferred_push
