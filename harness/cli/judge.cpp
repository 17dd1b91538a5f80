// tollgate judge: the monitors over a recorded trace, no stimulus.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "rules/rule.hpp"

namespace tollgate::cli {

int judge(Options const& options) {
  auto const trace = load_trace(options.id);
  if (!trace) return refuse(trace.error());
  bool failed = false;
  bool exercised = false;
  for (auto const& finding : rules::check_all(*trace, {})) {
    failed |= finding.verdict == Verdict::fail;
    exercised |= finding.verdict != Verdict::inconc;
    fmt::print("{:>8}  {} {}{}\n", to_string(finding.verdict), finding.rule, finding.name,
               finding.because.empty() ? "" : "\n          " + finding.because);
    for (auto const id : finding.verdict == Verdict::fail ? finding.witnesses : std::vector<trace::EventId>{}) {
      auto const& event = trace->at(id);
      fmt::print("          #{} {:.3f} ms {} {} {}\n", id, static_cast<double>(event.at_ns) / 1e6, event.actor,
                 to_string(event.direction), event.meaning.label());
    }
  }
  constexpr int inconclusive = 2;
  return failed ? exit_fail : exercised ? exit_ok : inconclusive;
}

}  // namespace tollgate::cli
