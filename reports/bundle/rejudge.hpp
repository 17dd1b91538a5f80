#pragma once
/// The recorded cases of a run, judged once more from what the files say.
#include <string>
#include <string_view>
#include <vector>

#include "reports/bundle/archive.hpp"

namespace tollgate::reports {

struct Rejudged {
  std::vector<std::string> complaints;  ///< each names the case
  std::size_t cases = 0;
  std::size_t judged = 0;  ///< traces
};

/// `plan.json` and `results.json` name the same cases in the same order; each case has the verdict that its findings give; each
/// trace gives the findings that are recorded, and the capture of the case is that trace. Of a run of this `version`, the counts and
/// the table of clauses follow from the cases.
[[nodiscard]] Rejudged rejudge(Files const& files, std::string_view version);

}  // namespace tollgate::reports
