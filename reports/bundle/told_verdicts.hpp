#pragma once
/// The verdicts that page and JUnit tell, whichever version has written them, held against the cases.
#include <string>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// A complaint for each case that `junit.xml` tells with another outcome, or not at all, and for each count that its cases do not give.
[[nodiscard]] std::vector<std::string> wrong_in_junit(std::string const& xml, Run const& run);
/// The same of the rows of `index.html` and of the counts at its top. Its other words are not read.
[[nodiscard]] std::vector<std::string> wrong_in_page(std::string const& html, Run const& run);

/// What a run leaves, and these files lack: page, JUnit, SUT file, log, and the ladder of each case that has a trace. Names.
[[nodiscard]] std::vector<std::string> missing_files(Files const& files, Run const& run);

}  // namespace tollgate::reports
