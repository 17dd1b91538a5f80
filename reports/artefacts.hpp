#pragma once
/// Where in the folder of a run the files of its cases lie: three files with one stem a case.
#include <string>
#include <vector>

#include "runner/result.hpp"

namespace tollgate::reports {

/// Paths relative to the folder of the run.
struct Artefacts {
  std::string stem;  ///< "tests/ORD-03"
  int time = 1;      ///< counts the runs of the same id
  [[nodiscard]] std::string trace() const { return stem + ".jsonl"; }
  [[nodiscard]] std::string capture() const { return stem + ".pcapng"; }
  [[nodiscard]] std::string ladder() const { return stem + ".svg"; }
};

/// One for each case of the plan, in its order. An id that comes again (--repeat) gets "tests/ORD-03.2"; characters
/// that do not belong into a file name become '_'.
[[nodiscard]] std::vector<Artefacts> artefacts(Run const& run);

/// Whether the case left a trace; without one there are no files.
[[nodiscard]] inline bool has_artefacts(CaseResult const& result) {
  return result.finished && !result.trace.empty();
}

}  // namespace tollgate::reports
