#include "runner/monitoring.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "actors/recorder.hpp"

namespace tollgate {

std::vector<Finding> monitored(trace::Trace const& trace, rules::Terms const& terms, Duration lag) {
  auto findings = rules::check_all(trace, terms);
  bool const has_failed = std::ranges::find(findings, Verdict::fail, &Finding::verdict) != findings.end();
  if (lag <= lag_most || !has_failed) return findings;
  auto widened = terms;
  widened.epsilon_ns += lag.count();
  auto const forgiving = rules::check_all(trace, widened);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].verdict != Verdict::fail || forgiving[i].verdict == Verdict::fail) continue;
    findings[i].verdict = Verdict::inconc;
    findings[i].reason = "own lag";
    findings[i].because += fmt::format("; but the harness was up to {:.1f} ms late, which alone could do that",
                                       std::chrono::duration<double, std::milli>(lag).count());
  }
  return findings;
}

}  // namespace tollgate
