#pragma once
/// What a whole run says of the order of the twelve steps: how often a message came behind the answer that allows it ("was in
/// order"), and by which cases it was proved that it waits for it ("is ordered").
#include <span>
#include <vector>

#include "runner/result.hpp"

namespace tollgate {

/// One entry for each arrow of the flow, in its order.
[[nodiscard]] std::vector<OrderEvidence> order_evidence(std::span<CaseResult const> cases, rules::Terms const& terms);

}  // namespace tollgate
