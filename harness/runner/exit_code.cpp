#include "runner/exit_code.hpp"

#include <algorithm>
#include <array>

namespace tollgate {

std::span<ExitMeaning const> exit_meanings() {
  static constexpr std::array table = {
      ExitMeaning{0, "all cases passed or failed as known", "nothing to do"},
      ExitMeaning{1, "at least one case failed",
                  "the failures are listed above with their witnesses; run one again with its "
                  "'again' command"},
      ExitMeaning{2, "at least one case was inconclusive, none failed",
                  "its reason says what stood in the way; check the SUT's log and the timers in the SUT file"},
      ExitMeaning{3, "the harness itself went wrong", "no verdict on the SUT: see tollgate.log, then report it"},
      ExitMeaning{4, "nothing was selected", "`tollgate list` shows what there is; check the ids and --filter"},
      ExitMeaning{5, "an entry of the baseline has expired or names no case", "renew or delete the entry"},
      ExitMeaning{64, "the command line was wrong", "`tollgate --help` shows what is allowed"},
      ExitMeaning{65, "a scenario, profile, SUT or other input file was wrong",
                  "the message names the file, and the line where it has lines"},
      ExitMeaning{69, "the SUT was not reachable before the first case", "`tollgate doctor --sut FILE` finds out why"},
      ExitMeaning{70, "tollgate crashed", "report it with the command, its --seed and the lines before this one"},
      ExitMeaning{74, "a report could not be written", "check the folder that --out or --report names, and the space left"},
      ExitMeaning{124, "the deadline of the run passed", "raise --deadline or run fewer cases"},
      ExitMeaning{130, "the run was interrupted", "results up to then are in the run's folder"},
  };
  return table;
}

std::optional<ExitMeaning> exit_meaning(int code) {
  auto const all = exit_meanings();
  auto const found = std::ranges::find(all, code, &ExitMeaning::code);
  return found == all.end() ? std::nullopt : std::optional(*found);
}

int exit_code(Run const& run) {
  constexpr int all_pass = 0, failed = 1, inconclusive = 2, harness_error = 3, nothing_selected = 4, stale_baseline = 5;
  auto const any = [&run](Verdict verdict) { return std::ranges::find(run.cases, verdict, &CaseResult::verdict) != run.cases.end(); };
  if (run.cases.empty()) return nothing_selected;
  if (any(Verdict::error) || any(Verdict::none)) return harness_error;
  if (any(Verdict::fail)) return failed;
  if (any(Verdict::inconc)) return inconclusive;
  return run.baseline_problems.empty() ? all_pass : stale_baseline;
}

std::string_view outcome(Run const& run) {
  bool const has_known = std::ranges::find(run.cases, Verdict::known, &CaseResult::verdict) != run.cases.end();
  if (run.exit == 0 && !has_known) return "all cases passed";
  auto const meaning = exit_meaning(run.exit);
  return meaning ? meaning->meaning : "the run ended with an unknown exit code";
}

}  // namespace tollgate
