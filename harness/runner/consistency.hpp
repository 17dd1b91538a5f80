#pragma once
/// Whether the SUT keeps to one reading over the whole run (test purposes, section 3, Procedure; DBT-10, DBT-13): what one case allows
/// because nothing is declared, another may have ruled out.
#include <span>
#include <vector>

#include "actors/ixit.hpp"
#include "runner/bundle.hpp"
#include "runner/result.hpp"

namespace tollgate {

/// An axis on which passed cases contradict each other.
struct Contradiction {
  std::string axis;     ///< "units"
  Finding finding;      ///< its sentence names the cases; its witnesses are events of `trace`
  trace::Trace trace;   ///< a charging request of each of the first two, with its case in the note
};

/// On "credit", "debit", "units" and "unlisted", where neither the profile nor its bundle has decided them: then the cases hold the SUT to
/// that. On the other axes a SUT may do now this and now that. Cases that play what chance gives, or that did not pass, say nothing; those
/// in which the harness was very late say nothing of debit timing. Units are summed up again by the reading that the run has shown.
[[nodiscard]] std::vector<Contradiction> contradictions(std::span<CaseResult const> cases, Profile const& profile, Ixit const& timers);

}  // namespace tollgate
