#include "fuzz/campaign/tried_capabilities.hpp"

namespace tollgate::fuzz {

std::vector<Suspicion> tried_capabilities(Ground const& ground, Script const& script) {
  constexpr Duration most = 15s;
  auto const seen = try_out(ground, std::span(&script, 1), {.settles = false, .until = ground.clock.now() + most});
  std::vector<Suspicion> out;
  for (auto const& problem : seen.problems)
    if (is_its_own_word(problem)) out.push_back({.problem = problem, .scripts = {script}});
  return out;
}

}  // namespace tollgate::fuzz
