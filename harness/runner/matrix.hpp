#pragma once
/// The detection matrix: every fault of the reference server against the suite, in simulated time. A fault must be caught by
/// its stated detectors for the stated reason, and the faultless server must pass.
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "refserver/faults.hpp"
#include "runner/case.hpp"
#include "runner/variants.hpp"

namespace tollgate {

/// One fault against one case.
struct MatrixCell {
  std::string case_id;
  Verdict verdict = Verdict::none;
  std::vector<std::string> reasons;  ///< of its failing findings
  std::size_t messages = 0;          ///< k: the most that were stored for one user
  bool played = true;                ///< false: the server never looks at the fault in this case, and does as the faultless one
  std::set<refserver::Fault> looked_at = {};  ///< of a faultless server: the faults whose switch it looked at
};

struct MatrixRow {
  std::string fault;                  ///< whole name; "none" for the faultless server, "none: IPv6" for a legal variant
  bool detected = false;              ///< as stated; for "none": all passed
  std::string about_diameter = {};    ///< what of Diameter it is about, where CH-2 is HTTP; "" where it shows
  std::vector<std::string> problems;  ///< why not: "ORD-03 passed", "NC-01 failed for G5, not for ..."
  std::vector<MatrixCell> cells;
};

/// How much of the suite a row plays.
enum class Extent : std::uint8_t {
  usual,  ///< heavy cases at a twentieth of their load, and of the faults only against those that they name
  all,    ///< every case at its whole load against every fault: takes long
};
/// The row of a fault. Each case has a server of its own, so that no fault shows in a case through what it does to another.
/// With the row of the server without faults (the same seed and ways) a case in which that server never looked at the fault's
/// switch is not played again: the same octets would come.
[[nodiscard]] MatrixRow matrix_row(std::span<Case const> suite, refserver::FaultRow const& stated, std::uint64_t seed,
                                   Ways const& ways = {}, MatrixRow const* faultless = nullptr, Extent extent = Extent::usual);
/// The row of a faultless server.
[[nodiscard]] MatrixRow faultless_row(std::span<Case const> suite, Variant const& variant, std::uint64_t seed,
                                      Extent extent = Extent::usual);

/// Judges cells against what the catalogue states. Over HTTP a detector may not apply, but one has to. Pure, so that it can be tested without a
/// server.
void judge_row(MatrixRow& row, refserver::FaultRow const* stated, ch2::Binding binding = ch2::Binding::diameter);

}  // namespace tollgate
