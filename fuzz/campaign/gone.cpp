#include "fuzz/campaign/gone.hpp"

#include <algorithm>

namespace tollgate::fuzz {

Problem as_gone(Problem problem) {
  problem.says += "; 0 of 0 times played again: the server is not ours to launch and answers no more";
  return problem;
}

Confirmation as_played(LastingServer const& lasting, std::vector<Script> flows, std::size_t side_by_side) {
  Confirmation out;
  out.flows = std::move(flows);
  out.side_by_side = side_by_side;
  out.seen.played.assign(lasting.played.begin(), lasting.played.end());
  auto const is_known = [&](Played const& one) { return std::ranges::find(out.flows, one.script) != out.flows.end(); };
  auto const place = [&](Played const& one) { return std::ranges::find(out.flows, one.script) - out.flows.begin(); };
  std::erase_if(out.seen.played, [&](Played const& one) { return !is_known(one); });
  std::ranges::sort(out.seen.played, {}, place);
  return out;
}

Suspicion suspicion_of(LastingServer const& lasting) {
  Suspicion out{.problem = hang(lasting.gone), .scripts = {}};
  for (auto const& one : lasting.played) out.scripts.push_back(one.script);
  return out;
}

}  // namespace tollgate::fuzz
