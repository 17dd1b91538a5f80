#pragma once
/// The recorded cases of a run, judged once more from what the files say.
#include "reports/bundle/archive.hpp"
#include "reports/bundle/judge.hpp"

namespace tollgate::reports {

struct Rejudged : Remarks {
  std::size_t cases = 0;
  std::size_t judged = 0;  ///< traces
};

/// `plan.json` and `results.json` name the same cases in the same order, those that the arguments choose, and say the same of them. Each trace gives the findings that are recorded, and the
/// case's own, which it keeps, stands in it; they give the verdict, after the baseline that is there. A case is `na` where the claims
/// and the profile of the plan exclude it, and only there. No case passes, and none fails, without a trace, but where the SUT had
/// ended before it. The capture of a case is its trace, and no file is of no case. What was found beside the plan follows from all
/// traces. What the run says as a whole follows from the cases; so do page, JUnit and ladders, of a run of the judge's version.
[[nodiscard]] Rejudged rejudge(Files const& files, Judge const& judge);

}  // namespace tollgate::reports
