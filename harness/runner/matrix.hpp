#pragma once
/// The detection matrix: every fault of the reference server against the suite, in simulated time. A fault must be caught by
/// its stated detectors for the stated reason, and the faultless server must pass.
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "refserver/faults.hpp"
#include "runner/case.hpp"

namespace tollgate {

/// One fault against one case.
struct MatrixCell {
  std::string case_id;
  Verdict verdict = Verdict::none;
  std::vector<std::string> reasons;  ///< of its failing findings
};

struct MatrixRow {
  std::string fault;                  ///< whole name; "none" for the faultless server
  bool detected = false;              ///< as stated; for "none": all passed
  std::vector<std::string> problems;  ///< why not: "ORD-03 passed", "NC-01 failed for G5, not for ..."
  std::vector<MatrixCell> cells;
};

/// The row of a fault, or of the faultless server when `fault` is nothing.
[[nodiscard]] MatrixRow matrix_row(std::span<Case const> suite, std::optional<refserver::Fault> fault, std::uint64_t seed);

/// Judges cells against what the catalogue states. Pure, so that it can be tested without a server.
void judge_row(MatrixRow& row, refserver::FaultRow const* stated);

}  // namespace tollgate
