#include "reports/judged_again.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "runner/conclusion.hpp"
#include "runner/monitoring.hpp"

namespace tollgate::reports {

static std::string paragraph(Finding const& finding, trace::Trace const& trace, std::string_view note = "") {
  auto text = fmt::format("{:>8}  {} {}{}\n", to_string(finding.verdict), one_line(finding.rule), finding.name, note);
  if (!finding.because.empty()) text += fmt::format("          {}\n", one_line(finding.because));
  if (finding.verdict != Verdict::fail) return text;
  for (auto const id : finding.witnesses) {
    if (id == 0 || id > trace.events().size()) continue;  // a trace may be anybody's
    auto const& event = trace.at(id);
    text += fmt::format("          #{} +{} ms {} {} {}\n", id, milliseconds(event.at_ns - trace.events().front().at_ns),
                        one_line(event.actor), to_string(event.direction), one_line(event.meaning.label()));
  }
  return text;
}

static Verdict of_monitors(std::span<Finding const> findings) {
  if (std::ranges::count(findings, Verdict::fail, &Finding::verdict) > 0) return Verdict::fail;
  bool const is_exercised = std::ranges::count(findings, Verdict::inconc, &Finding::verdict) < std::ssize(findings);
  return is_exercised ? Verdict::pass : Verdict::inconc;
}

JudgedAgain judged_again(trace::Trace const& trace, Declaration const& declared) {
  auto findings = monitored(trace, terms_of(declared), declared.lag);
  JudgedAgain out{.text = declared.steps
                              ? paragraph(*declared.steps, trace, ", as the run recorded them: they are not judged here")
                              : "          the steps of the case are not judged here, and the trace does not say what they found\n",
                  .verdict = of_monitors(findings)};
  for (auto const& finding : findings) out.text += paragraph(finding, trace);
  if (!declared.steps) return out;
  findings.insert(findings.begin(), *declared.steps);
  out.verdict = concluded(findings, trace).verdict;
  return out;
}

}  // namespace tollgate::reports
