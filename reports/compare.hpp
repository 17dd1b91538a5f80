#pragma once
/// Several runs side by side: rows are cases, columns runs in the order given, and what changed.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runner/result.hpp"

namespace tollgate::reports {

/// What became of a case from one run to the next.
enum class Change : std::uint8_t {
  none,
  broke,    ///< passed, or failed as known, and now fails
  fixed,    ///< failed, and now passes
  is_new,   ///< was not in the run before
  is_gone,  ///< is not in this one any more
  other,    ///< another verdict: what was judged is inconclusive now, or the other way round
};

/// Of one case; null where that run has it not.
[[nodiscard]] Change change_of(CaseResult const* before, CaseResult const* now);

/// One case in one run; `result` is null where that run has it not.
struct Cell {
  CaseResult const* result = nullptr;
  Change change = Change::none;  ///< from the run that it is compared with; none in that run
};

/// The column that all others are compared with, where any of these runs was told to have a fault: the first without one, or the first of
/// all. Nothing for builds, which follow each other.
[[nodiscard]] std::optional<std::size_t> base_of(std::span<Run const> runs);
/// The column that column `i` is compared with: itself for one that is compared with none.
[[nodiscard]] inline std::size_t compared_with(std::optional<std::size_t> base, std::size_t i) {
  return base ? *base : i == 0 ? 0 : i - 1;
}

/// A case in every run.
struct ComparedCase {
  CaseInfo const* info = nullptr;  ///< of the last run that has it
  std::vector<Cell> cells;         ///< one for each run
};

/// In the order of the last run, then what only earlier ones have. Repetitions of an id count as cases of their own.
[[nodiscard]] std::vector<ComparedCase> compare(std::span<Run const> runs);
/// "pass->FAIL", "NEW: FAIL", "fixed", "gone"; "" for no change.
[[nodiscard]] std::string describe(Cell const& before, Cell const& now);

/// One HTML page without a script: what changed first, then all of it. A page at `place` leads to the pages of the runs, where their folders
/// are known; "" for one that lies nowhere yet.
[[nodiscard]] std::string matrix_page(std::span<Run const> runs, std::filesystem::path const& place = {});

}  // namespace tollgate::reports
