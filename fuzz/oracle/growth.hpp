#pragma once
/// What a server keeps of flows that have ended: memory that it still knows, which no leak checker sees, and descriptors. It is made
/// sure by rounds of the same flows, each of which ends before the next begins, with nothing left under way: what every round adds to
/// is a leak, what only the first one adds to is a cache.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/oracle/problem.hpp"
#include "runner/footprint.hpp"

namespace tollgate::fuzz {

/// Buckets.
inline constexpr std::string_view growth_of_files = "growth of descriptors", growth_of_memory = "growth of memory";

[[nodiscard]] Problem growth_problem(std::string_view bucket, std::string says);

/// The first warms the server up, the others count.
inline constexpr unsigned growth_rounds = 3;
/// How often a round plays so many flows.
[[nodiscard]] std::size_t times_in_round(std::size_t flows);

/// What is held behind each round, of `flows` flows. Nothing where any round added less than a descriptor for every other time that
/// the flows were played, and less than 1 MB for each.
[[nodiscard]] std::optional<Problem> growth_over(std::span<Footprint const> rounds, std::size_t flows);

}  // namespace tollgate::fuzz
