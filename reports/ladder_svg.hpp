#pragma once
/// The ladder of a trace as SVG: arrows in the colour of their protocol, what is withheld shaded, the witness that broke a rule in red,
/// tooltips with addresses and octets. Light or dark as the viewer prefers; no script, no reference to anything
/// outside.
#include <span>
#include <string>
#include <string_view>

#include "reports/ladder_window.hpp"
#include "runner/result.hpp"
#include "trace/ladder.hpp"
#include "trace/trace.hpp"

namespace tollgate::reports {

/// A file of its own, with its style inside. `title` stands on top: the case and its purpose.
[[nodiscard]] std::string ladder_svg(trace::Trace const& trace, std::string_view title, std::span<trace::EventId const> witnesses = {});

/// The ladder of a case as its file has it.
[[nodiscard]] std::string case_ladder(CaseResult const& result);

/// The same as part of a page that has `ladder_style` once: `window` of the trace's `ladder`, in a box that scrolls, its heads and the times
/// of its rows by themselves so that they can stay. Each row says by its `data-event` which event it is, and each time by its `data-at`. A
/// message can be pressed, and the page shows what a tooltip of the file would.
[[nodiscard]] std::string inline_ladder_svg(trace::Trace const& trace, trace::Ladder const& ladder, LadderWindow const& window,
                                            std::span<trace::EventId const> witnesses = {});
[[nodiscard]] std::string_view ladder_style();

}  // namespace tollgate::reports
