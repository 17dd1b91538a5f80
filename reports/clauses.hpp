#pragma once
/// The table that a certification wants: for each of the twelve steps of CR 6.3.2.8 the purposes that speak of it, their
/// verdicts, and where the evidence lies.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "reports/stage.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// The steps, 1 to 12, that a clause names behind "6.3.2.8": "CR 6.3.2.8 (8 bullet 1, 10-11); RFC 4975 10" gives 8, 10, 11.
[[nodiscard]] std::vector<int> steps_of(std::string_view clause);

struct ClauseRow {
  std::string clause;               ///< "CR 6.3.2.8 (5)", "RFC 4975 7.1"
  std::string_view says;            ///< a step as the OMA text has it; "" for other clauses
  Verdict verdict = Verdict::none;  ///< the worst of its purposes that ran; none where none did
  std::vector<std::size_t> cases;   ///< places in Run::cases
  std::vector<std::size_t> decided_by;  ///< those of them that gave the verdict
};
/// Twelve rows, one a step. A case that failed counts where its rule speaks, at the step of the message that broke it: a case about all of
/// the flow does not make all of it red.
/// What has not ended breaks no clause while the run goes on, and is an error when it is over.
[[nodiscard]] std::array<ClauseRow, 12> clause_table(Run const& run, Stage stage = Stage::over);
/// The clauses that name no step, in the order of the documents and their numbers.
[[nodiscard]] std::vector<ClauseRow> other_clauses(Run const& run, Stage stage = Stage::over);

}  // namespace tollgate::reports
