#pragma once
/// The exit codes of the contract: which one a run ends with, and what each of them means.
#include <optional>
#include <span>
#include <string_view>

#include "runner/result.hpp"

namespace tollgate {

inline constexpr int exit_unreachable = 69;  ///< nobody reached the SUT before the first case

struct ExitMeaning {
  int code = 0;
  std::string_view meaning;  ///< "at least one case failed"
  std::string_view advice;   ///< what to do about it
};

/// Every code of the contract, in ascending order.
[[nodiscard]] std::span<ExitMeaning const> exit_meanings();
/// Nothing for a code that tollgate never ends with.
[[nodiscard]] std::optional<ExitMeaning> exit_meaning(int code);

/// What the verdicts make of it: 3 over 1 over 2 over 5 over 0, and 4 when there is no case at all. The codes from 64
/// on are no verdict's to give.
[[nodiscard]] int exit_code(Run const& run);
/// What its exit code means for this run, in a few words: where nothing failed, nothing is said of what is known.
[[nodiscard]] std::string_view outcome(Run const& run);

}  // namespace tollgate
