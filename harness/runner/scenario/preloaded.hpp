#pragma once
/// store.method "preloaded" of the SUT file: whoever installs the SUT has laid one message, `stored_text(1)`, for each of its
/// users. A scenario can be played against that if it stores just that for every client that registers, before it does.
#include "runner/scenario/scenario.hpp"

namespace tollgate {

[[nodiscard]] bool fits_preloaded(Scenario const& scenario);

}  // namespace tollgate
