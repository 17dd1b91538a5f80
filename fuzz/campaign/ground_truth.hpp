#pragma once
/// How a campaign did against the defects that are planted in imserver of the preset `defects`: which it found, and when.
#include <span>
#include <string>
#include <vector>

#include "fuzz/campaign/campaign.hpp"

namespace tollgate::fuzz {

/// Each --fault as it stands, and every planted defect for the word "memory".
[[nodiscard]] std::vector<std::string> with_planted(std::vector<std::string> const& faults);

/// A table of those of `faults` that are planted defects, by the function that a finding names, with the time to each and how long
/// the sequence is that shows it, beside the shortest possible. A defect that charges wrongly has none in a report: it is found where a
/// monitor saw an overcharge of a server that admits this one. "" where none of them is planted.
[[nodiscard]] std::string ground_truth(std::vector<std::string> const& faults, std::span<Found const> found);

}  // namespace tollgate::fuzz
