#pragma once
/// The ladder of a trace as a mermaid sequenceDiagram, which GitHub and GitLab draw in Markdown.
#include <span>
#include <string>

#include "trace/trace.hpp"

namespace tollgate::reports {

/// Messages that a diagram may have: mermaid takes long over more, and nobody reads them.
inline constexpr std::size_t mermaid_rows_max = 60;

/// `witnesses` get a note. Of a longer trace, what stands around the first witness.
[[nodiscard]] std::string mermaid(trace::Trace const& trace, std::span<trace::EventId const> witnesses);

}  // namespace tollgate::reports
