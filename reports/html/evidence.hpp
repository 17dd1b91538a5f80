#pragma once
/// What proves a verdict, as it stands in a row of a page: the ladder and the messages behind its arrows. It is packed (RFC 1950, base64)
/// and the page's script shows it; what did not pass stands there as it is, as far as there is room. A page has room for so much: beyond
/// it a row says what is in the files alone.
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "reports/artefacts.hpp"

namespace tollgate::reports {

/// How much of a case a page shows. The messages of its witnesses are always there.
struct Grade {
  std::size_t rows = 150;  ///< of the ladder; its file has more
  bool has_all_messages = true;
};

/// The ladder of `trace` around its witnesses, and the messages behind its arrows, the witnesses' first.
[[nodiscard]] std::string picture(trace::Trace const& trace, std::span<trace::EventId const> witnesses = {}, Grade grade = {});

/// The newest events of a case that runs, and the messages behind its arrows.
[[nodiscard]] std::string running_picture(trace::Trace const& trace);

/// `<div class="picture">` for each of these cases that have artefacts, in the order of their claims: the first ones get what they need
/// first. Together they take at most so many octets. No case gets more before each has its ladder around its witnesses, with their messages;
/// then what is left is given away, the least demand first.
[[nodiscard]] std::vector<std::string> evidence(std::span<CaseResult const* const> cases, std::size_t octets_most);

}  // namespace tollgate::reports
