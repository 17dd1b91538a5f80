#include "runner/order_evidence.hpp"

namespace tollgate {

std::vector<OrderEvidence> order_evidence(std::span<CaseResult const> cases, rules::Terms const& terms) {
  std::vector<OrderEvidence> out;
  for (auto const& arrow : rules::arrows) out.push_back({.arrow = arrow});
  for (auto const& result : cases) {
    auto const seen = rules::causality(result.trace, terms);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      out[i].in_order += seen[i].in_order;
      if (seen[i].too_early > 0) out[i].refuted_by.push_back(result.info.id);
      if (seen[i].proved) out[i].proved_by.push_back(result.info.id);
    }
  }
  return out;
}

}  // namespace tollgate
