#pragma once
/// A campaign as a run, so that every report that a run has it has too: one case for the campaign, and one that fails for each
/// finding.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.hpp"
#include "fuzz/campaign/campaign.hpp"
#include "runner/baseline.hpp"
#include "runner/result.hpp"

namespace tollgate::cli {

[[nodiscard]] CaseResult result_of(fuzz::Found const& found);
/// That it has not ended.
[[nodiscard]] CaseResult unfinished_campaign(std::string again);
/// That it ended, with its figures.
[[nodiscard]] CaseResult result_of(fuzz::Campaign const& campaign, fuzz::Campaign::End end, std::string figures);
/// What libFuzzer would have ended with: 77 where something was found, 70 where it is hangs alone ("timeouts"), 72 where it was
/// interrupted; else as the run.
[[nodiscard]] int libfuzzer_exit(Run const& run);
/// "" for a code that is none of libFuzzer's.
[[nodiscard]] std::string_view libfuzzer_meaning(int code);
/// The command that plays the same cases again.
[[nodiscard]] std::string again(Options const& options, std::uint64_t seed);

/// Entries that have expired, and those that name nothing that a campaign could find, one sentence each.
[[nodiscard]] std::vector<std::string> out_of_date(Baseline const& baseline, std::span<CaseResult const> results);
/// Those that name what this campaign has not found, which may be mended and may be bad luck.
[[nodiscard]] std::vector<KnownFailure> not_seen(Baseline const& baseline, std::span<CaseResult const> results);

/// What a line of figures says beside those of the campaign itself.
struct Tempo {
  std::size_t found = 0;
  Duration whole{};                   ///< since it began, trials and all
  std::optional<Duration> since_new;  ///< since the last finding that is new; nothing where there was none
};
/// One line. What is said a second is of the time in which flows are played, and what share of the whole that is.
[[nodiscard]] std::string figures(fuzz::Progress const& now, Tempo const& tempo);

}  // namespace tollgate::cli
