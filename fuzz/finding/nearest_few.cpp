#include "fuzz/finding/nearest_few.hpp"

#include <algorithm>

#include "fuzz/play/nearness.hpp"
#include "fuzz/script/retimed.hpp"

namespace tollgate::fuzz {

std::vector<Script> nearest_few(std::vector<Script> flows, TrialResult const& seen,
                                std::function<bool(std::span<Script const>)> const& shows) {
  constexpr std::size_t few = 16;
  std::vector<Doing> doing;
  for (auto const& one : seen.played) doing.push_back({&one.script, &one.result.trace});
  auto const nearest_last = by_nearness(doing, Deed::sent);
  for (std::size_t n = 1; n <= few && n < std::min(flows.size(), nearest_last.size()); n *= 2) {
    std::vector<Script> const some(nearest_last.end() - static_cast<std::ptrdiff_t>(n), nearest_last.end());
    for (auto const& way : {some, slow_motion(some)})
      if (shows(way)) return way;
  }
  return flows;
}

}  // namespace tollgate::fuzz
