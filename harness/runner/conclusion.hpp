#pragma once
/// The verdict of a case, out of what its steps and its monitors found; and how what its steps found stays in its trace, so that
/// whoever judges the trace again comes to the verdict of the run. No monitor can say what the steps said: only a play can.
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/finding.hpp"
#include "trace/trace.hpp"

namespace tollgate {

struct Conclusion {
  Verdict verdict = Verdict::error;
  std::string reason;
  std::string because;
  std::vector<trace::EventId> witnesses;
};

/// The worst finding speaks for the case, the case's own, which is the first, before a monitor's. A monitor that was not exercised
/// says nothing; one that our lag keeps from saying anything does. A case that found out that it does not apply stays so while
/// nothing failed. What failed behind a message of SIPp's that no case had asked for, or that may mislead, is an error.
[[nodiscard]] Conclusion concluded(std::span<Finding const> findings, trace::Trace const& trace);

/// What SIPp had to complain of, as the end of a sentence: another's opinion of what went wrong.
[[nodiscard]] std::string complaints_of_sipp(trace::Trace const& trace);

/// As facts "case", "steps", "steps_reason", "steps_because" and "steps_witnesses".
void keep_steps(Finding const& steps, trace::Facts& facts);
/// Nothing in a trace that does not say: of a peer, or of an older version. The error is a sentence.
[[nodiscard]] std::expected<std::optional<Finding>, std::string> steps_in(trace::Facts const& facts);
/// Event numbers as a fact has them, "5 10"; nothing where one is no number.
[[nodiscard]] std::optional<std::vector<trace::EventId>> event_ids(std::string_view text);

}  // namespace tollgate
