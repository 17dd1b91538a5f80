#pragma once
/// A case on a page: a row with its verdict and, behind it, the reason, the witnesses, the ladder with its messages and the command that
/// runs it again.
#include <span>
#include <string>
#include <string_view>

#include "reports/artefacts.hpp"

namespace tollgate::reports {

/// The element's id, and what `#` leads to.
[[nodiscard]] std::string_view anchor(Artefacts const& files);

/// `<details id="ORD-03">`. A ladder of what passed is packed (RFC 1950, base64), and the page's script shows it.
[[nodiscard]] std::string case_row(Run const& run, CaseResult const& result, Artefacts const& files);
/// The same for a case that has not ended: planned, or running.
[[nodiscard]] std::string planned_row(CaseResult const& result, Artefacts const& files);

/// The ladder and its messages, as they stand inside of a row.
[[nodiscard]] std::string picture(trace::Trace const& trace, std::span<trace::EventId const> witnesses = {});

}  // namespace tollgate::reports
