#pragma once
/// For GitHub Actions: the summary of a step as Markdown, with ladders that it draws by mermaid, and annotations, which stand beside
/// the lines of the scenario files. Both keep to its limits: 1 MiB a summary, ten annotations of a kind a step.
#include <string>

#include "runner/result.hpp"

namespace tollgate::reports {

/// Below GitHub's 1024 KiB, over which it shows nothing at all.
inline constexpr std::size_t summary_max = 900 * 1024;
/// GitHub drops the eleventh silently.
inline constexpr std::size_t annotations_max = 10;

[[nodiscard]] std::string github_summary(Run const& run);
/// Workflow commands, a line each, worst first; the last one says how many more there are. "" where nothing failed.
[[nodiscard]] std::string github_annotations(Run const& run);

}  // namespace tollgate::reports
