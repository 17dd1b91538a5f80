#pragma once
/// One folder a finding, for people who hold nothing else: what happened in three lines, the messages as they crossed the wire, the
/// trace, a capture, the ladder, what the server printed, and what plays it again, with tollgate and without.
#include <filesystem>
#include <string>

#include "fuzz/finding/repro_file.hpp"
#include "fuzz/play/trial.hpp"

namespace tollgate::fuzz {

struct FindingFacts {
  ReproFile repro;
  Problem problem;
  TrialResult seen;         ///< the trial in which it was seen last
  unsigned reproduced = 0;  ///< of `times`
  unsigned times = 0;
  SutFile server;
};

/// The flow that shows most of it: one that a monitor fails, else the last that was played; null where none was.
[[nodiscard]] Played const* told_by(FindingFacts const& facts);

/// Throws reports::ReportError.
void write_finding(std::filesystem::path const& folder, FindingFacts const& facts);

}  // namespace tollgate::fuzz
