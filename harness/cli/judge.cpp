// tollgate judge: the monitors over a recorded trace, no stimulus.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "rules/rule.hpp"
#include "runner/declaration.hpp"
#include "runner/monitoring.hpp"

namespace tollgate::cli {

static void print(Finding const& finding, trace::Trace const& trace) {
  fmt::print("{:>8}  {} {}{}\n", to_string(finding.verdict), finding.rule, finding.name,
             finding.because.empty() ? "" : "\n          " + finding.because);
  if (finding.verdict != Verdict::fail) return;
  for (auto const id : finding.witnesses) {
    auto const& event = trace.at(id);
    fmt::print("          #{} {:.3f} ms {} {} {}\n", id, static_cast<double>(event.at_ns) / 1e6, event.actor, to_string(event.direction),
               event.meaning.label());
  }
}

/// By what the trace says that the SUT declares, or the standards' timers and the default bundle.
int judge(Options const& options) {
  auto const trace = load_trace(options.id);
  if (!trace) return refuse(trace.error());
  auto const declared = declaration_in(trace->facts());
  if (!declared) return refuse({exit_bad_file, fmt::format("{}:1: {}", options.id, declared.error())});
  fmt::print("{}: profile {}, msrp_transaction {} s{}\n", options.id, declared->profile.bundle,
             std::chrono::duration<double>(declared->timers.msrp_transaction).count(),
             trace->facts().empty() ? "; the trace does not say, so these are assumed" : "");
  bool failed = false;
  bool exercised = false;
  for (auto const& finding : monitored(*trace, terms_of(*declared), declared->lag)) {
    failed |= finding.verdict == Verdict::fail;
    exercised |= finding.verdict != Verdict::inconc;
    print(finding, *trace);
  }
  constexpr int inconclusive = 2;
  return failed ? exit_fail : exercised ? exit_ok : inconclusive;
}

}  // namespace tollgate::cli
