#pragma once
/// `index.html`: the verdict, a table of clause, purpose, verdict and reason, and behind each row the witnesses, the
/// ladder and the command that runs the case again. One file that asks nothing of anybody: no script, no font, no image
/// from outside, and a policy in its head that forbids them.
#include <span>
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

[[nodiscard]] std::string html_page(Run const& run);

}  // namespace tollgate::reports
