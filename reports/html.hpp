#pragma once
/// `index.html`: the verdict, a table of clause, purpose, verdict and reason, and behind each row the witnesses, the
/// ladder and the command that runs the case again. One file that asks nothing of anybody: no font, no image, no script but its
/// own, and a policy in its head that forbids them. The ladders of what passed are packed; the script shows them.
#include <span>
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

[[nodiscard]] std::string html_page(Run const& run);

}  // namespace tollgate::reports
