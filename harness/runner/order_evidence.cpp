#include "runner/order_evidence.hpp"

#include <algorithm>

#include "actors/recorder.hpp"

namespace tollgate {

/// Each case once: it may have been repeated.
static void note(std::vector<std::string>& ids, std::string const& id) {
  if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

/// When something came, and how long it was without an answer, we know no better than we were in time ourselves.
static rules::Terms widened(rules::Terms terms, Duration lag) {
  if (lag > lag_most) terms.epsilon_ns += lag.count();
  return terms;
}

std::vector<OrderEvidence> order_evidence(std::span<CaseResult const> cases, rules::Terms const& terms) {
  std::vector<OrderEvidence> out;
  for (auto const& arrow : rules::arrows) out.push_back({.arrow = arrow});
  for (auto const& result : cases) {
    auto const seen = rules::causality(result.trace, widened(terms, result.lag));
    for (std::size_t i = 0; i < seen.size(); ++i) {
      out[i].in_order += seen[i].in_order;
      if (seen[i].too_early > 0) note(out[i].refuted_by, result.info.id);
      if (seen[i].proved) note(out[i].proved_by, result.info.id);
    }
  }
  return out;
}

}  // namespace tollgate
