// tollgate judge: the monitors over a recorded trace, no stimulus.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "reports/judged_again.hpp"
#include "runner/declaration.hpp"

namespace tollgate::cli {

static int exit_of(Verdict verdict) {
  constexpr int inconclusive = 2;
  switch (verdict) {
    case Verdict::fail: return exit_fail;
    case Verdict::error: return exit_harness;
    case Verdict::none:
    case Verdict::inconc: return inconclusive;
    case Verdict::pass:
    case Verdict::na:
    case Verdict::known: return exit_ok;
  }
  return exit_internal;
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
  auto const again = reports::judged_again(*trace, *declared);
  fmt::print("{}", again.text);
  return exit_of(again.verdict);
}

}  // namespace tollgate::cli
