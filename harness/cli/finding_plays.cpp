#include "cli/finding_plays.hpp"

#include <algorithm>

#include "runner/interruption.hpp"

namespace tollgate::cli {

std::size_t findings_last(std::vector<Case const*>& plan) {
  std::vector<Case const*> others, findings;
  for (auto const* one : plan) (fuzz::regression_of(*one) == nullptr ? others : findings).push_back(one);
  auto const out = others.size();
  plan = std::move(others);
  plan.insert(plan.end(), findings.begin(), findings.end());
  return out;
}

void FindingPlays::play(fuzz::Regression const& what, CaseResult& result, Instant until) {
  auto const started = clock_.now();
  CaseResult played = result;
  played.started = started;
  played.verdict = Verdict::pass;
  for (unsigned i = 0; i < fuzz::plays_most(what.repro) && played.verdict == Verdict::pass; ++i) {
    auto seen = fuzz::replayed(what.repro, what.repro.flows, {clock_, network_, sut_, what.flows, what.repro.seed}, until);
    if (was_interrupted() || clock_.now() >= until) return;
    fuzz::judge(what, std::move(seen), played);
  }
  played.duration = clock_.now() - started;
  result = std::move(played);
}

}  // namespace tollgate::cli
