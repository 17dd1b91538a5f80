#include "fuzz/oracle/growth.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/assert.hpp"

namespace tollgate::fuzz {

Problem growth_problem(std::string_view bucket, std::string says) {
  return {.kind = "leak", .bucket = std::string(bucket), .says = std::move(says), .report = {}};
}

std::size_t times_in_round(std::size_t flows) {
  constexpr std::size_t most = 24, least = 4;
  return std::max(least, most / std::max<std::size_t>(flows, 1));
}

/// In every round behind the first.
static bool grows(std::span<Footprint const> rounds, unsigned Footprint::* what, std::size_t at_least) {
  for (std::size_t i = 1; i < rounds.size(); ++i)
    if (rounds[i].*what < rounds[i - 1].*what + at_least) return false;
  return true;
}

std::optional<Problem> growth_over(std::span<Footprint const> rounds, std::size_t flows) {
  TOLLGATE_ASSERT(rounds.size() >= 2);
  auto const times = times_in_round(flows);
  auto const says = [&](unsigned Footprint::* what, char const* unit) {
    return fmt::format("the server held {} {} behind one round of {} flows that had all ended, and {} behind {} rounds",
                       rounds.front().*what, unit, times * flows, rounds.back().*what, rounds.size());
  };
  if (grows(rounds, &Footprint::open_files, times / 2)) return growth_problem(growth_of_files, says(&Footprint::open_files, "descriptors"));
  if (grows(rounds, &Footprint::memory_mb, times * flows)) return growth_problem(growth_of_memory, says(&Footprint::memory_mb, "MB"));
  return std::nullopt;
}

}  // namespace tollgate::fuzz
