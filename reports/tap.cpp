#include "reports/tap.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.hpp"
#include "reports/account.hpp"
#include "reports/artefacts.hpp"
#include "reports/escape.hpp"
#include "runner/exit_code.hpp"

namespace tollgate::reports {

/// What TAP::Parser reads as one line: a plan or a result that is longer is lost to it. An escape doubles a character at most, and a line
/// has three such texts at most.
static constexpr std::size_t line_most = 32'000, part_most = line_most / 2 / 3 - 100, value_most = line_most / 2 - 100;

static std::string in_one_line(std::string_view text, std::size_t most) {
  return one_line(capped(one_line(text), most, "cut"));  // what says that it is cut stands on a line of its own
}

/// A `#` begins a directive and a backslash escapes: both stand for themselves only behind a backslash.
static std::string description(std::string_view text) {
  return replaced(replaced(in_one_line(text, part_most), "\\", "\\\\"), "#", "\\#");
}

/// A scalar of YAML in double quotes; `one_line` has left no control character.
static std::string in_quotes(std::string_view text) {
  return '"' + replaced(replaced(in_one_line(text, value_most), "\\", "\\\\"), "\"", "\\\"") + '"';
}

static std::string directive(CaseResult const& result) {
  if (result.verdict == Verdict::na) return " # SKIP " + description(result.because);
  if (result.verdict == Verdict::known) return " # TODO " + description(result.because);
  return "";
}

static std::string diagnostics(Run const& run, CaseResult const& result, Artefacts const& files) {
  std::string text = "  ---\n";
  auto const line = [&](std::string_view key, std::string_view value) { text += fmt::format("  {}: {}\n", key, in_quotes(value)); };
  line("verdict", to_string(result.verdict));
  line("clause", result.info.clause);
  line("reason", result.reason);
  line("because", result.because);
  for (auto const& witness : describe_witnesses(result))
    text += fmt::format("  witness_{}: {}\n", witness.event, in_quotes(fmt::format("{} {} {}", witness.time, witness.way, witness.what)));
  if (has_artefacts(result)) {
    line("trace", files.trace());
    line("capture", files.capture());
    line("ladder", files.ladder());
  }
  line("again", again(run, result));
  return text + "  ...\n";
}

static std::string written(Run const& run, int version) {
  auto const remark = [](std::string_view part) { return in_one_line(part, part_most); };  // in which nothing is escaped
  std::string text =
      fmt::format("TAP version {}\n1..{}\n# tollgate {}, SUT {}, profile {}, seed {}\n", version,
                  run.cases.size() + run.baseline_problems.size(), remark(run.version), remark(run.sut), remark(run.profile), run.seed);
  for (auto const& note : reading_notes(run)) text += fmt::format("# {}\n", in_one_line(note, value_most));
  auto const files = artefacts(run);
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    auto const& result = run.cases[i];
    bool const is_ok = result.verdict == Verdict::pass || result.verdict == Verdict::na;
    text += fmt::format("{} {} - {} {}{}\n", is_ok ? "ok" : "not ok", i + 1, description(result.info.id), description(result.info.purpose),
                        directive(result));
    if (!is_ok) text += diagnostics(run, result, files[i]);
  }
  for (std::size_t i = 0; i < run.baseline_problems.size(); ++i)
    text += fmt::format("not ok {} - baseline {}\n", run.cases.size() + i + 1, description(run.baseline_problems[i]));
  auto const judged = [](CaseResult const& one) { return one.verdict != Verdict::na; };
  auto const first = std::ranges::find_if(run.cases, judged);
  if (run.exit == exit_unreachable && first != run.cases.end())
    text += fmt::format("Bail out! {}\n", in_one_line(first->because, value_most));
  return text;
}

std::string tap(Run const& run) {
  constexpr int version = 14;
  return written(run, version);
}

std::string tap13(Run const& run) {
  constexpr int version = 13;
  return written(run, version);
}

}  // namespace tollgate::reports
