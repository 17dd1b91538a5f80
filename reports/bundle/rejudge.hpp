#pragma once
/// The recorded cases of a run, judged once more from what the files say.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/bundle/archive.hpp"
#include "runner/case.hpp"

namespace tollgate::reports {

struct Rejudged {
  std::vector<std::string> complaints;  ///< each names the case
  std::size_t cases = 0;
  std::size_t judged = 0;  ///< traces
};

/// Who judges again: its version, and the purposes that it knows.
struct Judge {
  std::string_view version;
  std::span<Case const> suite;
};

/// `plan.json` and `results.json` name the same cases in the same order. Each trace gives the findings that are recorded, and the
/// case's own, which it keeps, stands in it; they give the verdict, after the baseline that is there. A case is `na` where the claims
/// and the profile of the plan exclude it, and only there. No case passes, and none fails, without a trace, but where the SUT had
/// ended before it. The capture of a case is its trace, and no file is of no case. What was found beside the plan follows from all
/// traces. Of a run of the judge's version, the counts, the table of clauses, the
/// page, JUnit and the ladders follow from the cases.
[[nodiscard]] Rejudged rejudge(Files const& files, Judge const& judge);

}  // namespace tollgate::reports
