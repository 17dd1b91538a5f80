#pragma once
/// TAP, the Test Anything Protocol, version 14: the plan first, a line a case, what is behind a verdict as YAML below it. A known failure is
/// still to do, what does not apply is skipped; what could not be judged is not ok, because nobody has seen it right.
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

[[nodiscard]] std::string tap(Run const& run);
/// The same but for the version line, for readers like `prove` of Debian bookworm (TAP::Parser 3.44): they know no later version than 13, and
/// nothing that is written here is beyond it.
[[nodiscard]] std::string tap13(Run const& run);

}  // namespace tollgate::reports
