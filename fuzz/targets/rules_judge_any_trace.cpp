/// The rules judge any trace: they give a verdict each, the same one every time, a fail has witnesses that are there
/// and says why, and a retransmission changes nothing.
#include "fuzz/support/choices.hpp"
#include "fuzz/support/event_words.hpp"
#include "fuzz/support/target.hpp"
#include "rules/rule.hpp"

using namespace tollgate;
using fuzz::require;

static void check(Finding const& finding, trace::Trace const& trace) {
  auto const verdict = finding.verdict;
  require(verdict == Verdict::pass || verdict == Verdict::inconc || verdict == Verdict::fail, "a verdict of no rule");
  require(verdict != Verdict::fail || (!finding.witnesses.empty() && !finding.because.empty()), "a fail without proof");
  for (auto const witness : finding.witnesses) require(witness >= 1 && witness <= trace.events().size(), "a witness that is not there");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::Choices choices(fuzz::text(data, size));
  rules::Terms const terms{
      .debit_before_outcome = choices.below(4) == 1, .flat_units = choices.below(4) == 1, .may_exceed_grant = choices.below(4) == 1};
  auto trace = fuzz::trace_of(choices);
  auto const findings = rules::check_all(trace, terms);
  require(findings.size() == rules::monitors().size(), "not every rule has judged");
  for (auto const& finding : findings) check(finding, trace);

  auto const again = rules::check_all(trace, terms);
  if (!trace.empty()) {
    auto repeated = trace.events().back();
    repeated.repeats = repeated.id;
    trace.record(std::move(repeated));
  }
  auto const with_repeat = rules::check_all(trace, terms);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    require(again[i].verdict == findings[i].verdict && again[i].witnesses == findings[i].witnesses, "not the same twice");
    require(with_repeat[i].verdict == findings[i].verdict, "a retransmission changes the verdict of " + findings[i].rule);
  }
  return 0;
}
