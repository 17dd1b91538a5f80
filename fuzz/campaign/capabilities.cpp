#include "fuzz/campaign/capabilities.hpp"

namespace tollgate::fuzz {

Change const* change_of_capabilities(std::span<Script const> scripts) {
  for (auto const& script : scripts)
    for (auto const& change : script.changes)
      if (change.channel == trace::Channel::ch2 && change.nth == nth_of_capabilities) return &change;
  return nullptr;
}

std::vector<Suspicion> tried_capabilities(Ground const& ground, Script const& script) {
  constexpr Duration most = 15s;
  auto const seen = try_out(ground, std::span(&script, 1), {.settles = false, .until = ground.clock.now() + most});
  std::vector<Suspicion> out;
  for (auto const& problem : seen.problems)
    if (is_its_own_word(problem)) out.push_back({.problem = problem, .scripts = {script}});
  return out;
}

}  // namespace tollgate::fuzz
