#pragma once
/// A campaign as a run, so that every report that a run has it has too: one case for the campaign, and one that fails for each
/// finding.
#include "fuzz/campaign/campaign.hpp"
#include "runner/baseline.hpp"
#include "runner/result.hpp"

namespace tollgate::cli {

[[nodiscard]] CaseResult result_of(fuzz::Found const& found);
/// That it ended, with its figures.
[[nodiscard]] CaseResult result_of(fuzz::Campaign const& campaign, fuzz::Campaign::End end);
/// One line.
[[nodiscard]] std::string figures(fuzz::Progress const& now, std::size_t found);

}  // namespace tollgate::cli
