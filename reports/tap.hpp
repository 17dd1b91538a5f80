#pragma once
/// TAP, the Test Anything Protocol, in what its versions 13 and 14 have in common, as `prove` of Debian bookworm refuses a file that says 14: the plan first, a line a case, what is behind a verdict as YAML below it. A known failure is still to
/// do, what does not apply is skipped; what could not be judged is not ok, because nobody has seen it right.
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

[[nodiscard]] std::string tap(Run const& run);

}  // namespace tollgate::reports
