#pragma once
/// What every report says of a run and its cases in the same words: counts, the finding that decided, its witnesses,
/// the command that runs a case again.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runner/result.hpp"

namespace tollgate::reports {

/// PASS FAIL INCONC ERROR N/A KNOWN.
[[nodiscard]] std::string_view word(Verdict verdict);

/// Cases by verdict; a case without a verdict is an error.
struct Counts {
  std::size_t pass = 0, fail = 0, inconc = 0, error = 0, na = 0, known = 0;
  std::size_t not_run = 0;  ///< of those, cases that never began
  [[nodiscard]] std::size_t ran() const { return pass + fail + inconc + error + known - not_run; }
};
[[nodiscard]] Counts count(Run const& run);
/// Cases that need not be waited for: they have ended, or do not apply.
[[nodiscard]] std::size_t count_ended(Run const& run);
/// It has no verdict of its own: the run ended, or gave up, before it began or while it ran.
[[nodiscard]] bool is_unfinished(CaseResult const& result);
/// "198 pass, 1 fail, 3 n/a"; only what there is, and pass always.
[[nodiscard]] std::string to_string(Counts const& counts);

/// The finding that gave the case its verdict; none where no finding did: a case that has not run, or that passed.
[[nodiscard]] Finding const* decisive(CaseResult const& result);
/// The reason for people: of a monitor its id and its name, "G3 debit_needs_trigger"; of what is known or does not apply, why that is so.
[[nodiscard]] std::string reason_of(CaseResult const& result);
/// The other findings that failed as well.
[[nodiscard]] std::vector<Finding const*> also_failed(CaseResult const& result);
/// The events that prove the decisive finding.
[[nodiscard]] std::vector<trace::EventId> witnesses(CaseResult const& result);

/// One witness for people. The last one of a failure is what broke the rule, those before it are what led there.
struct Witness {
  trace::EventId event = 0;
  std::string time;  ///< "+12.402 ms" since the first event
  std::string way;   ///< "IM Server -> alice"
  std::string what;  ///< "INVITE"
};
/// Numbers that name no event are left out.
[[nodiscard]] std::vector<Witness> describe_witnesses(CaseResult const& result);

/// The case's own command, or one made from the run's seed.
[[nodiscard]] std::string again(Run const& run, CaseResult const& result);

/// Seen behind the answer is no proof; a message that came before the answer refutes it.
enum class Ordered : std::uint8_t { unproved, proved, refuted };
[[nodiscard]] Ordered is_ordered(OrderEvidence const& evidence);
[[nodiscard]] std::string_view to_string(Ordered ordered);
/// "is ordered: proved by withholding in ORD-03, CV-4-5"
[[nodiscard]] std::string describe_order(OrderEvidence const& evidence);

/// What the run says of the server's reading, a sentence each, for every report: "the run showed: debit first; that fits TWELVE-STEP".
/// The timers that it declares beside the default come first.
[[nodiscard]] std::vector<std::string> reading_notes(Run const& run);

/// Where the run showed another reading than the SUT file or its bundle declares: "declared debit first, shown pre"; "" for nowhere.
[[nodiscard]] std::string departure_from_declared(Run const& run);
/// The bundles that have all that the run showed: "TWELVE-STEP, CR-FIRST"; "" where it showed nothing, which every bundle would have.
[[nodiscard]] std::string fitting(Run const& run);

/// What the run showed of the ambiguous steps: "credit ecur, debit first"; "" for nothing.
[[nodiscard]] std::string shown_reading(Run const& run);

/// Seconds with three decimals and a point, whatever the locale: "0.018".
[[nodiscard]] std::string seconds(Duration duration);
/// Seconds with one decimal: "1.2".
[[nodiscard]] std::string tenths(Duration duration);
/// Milliseconds with three decimals: "12.402".
[[nodiscard]] std::string milliseconds(std::int64_t ns);

}  // namespace tollgate::reports
