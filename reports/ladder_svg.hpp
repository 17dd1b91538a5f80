#pragma once
/// The ladder of a trace as SVG: arrows in the colour of their protocol, what is withheld shaded, witnesses in red,
/// tooltips with addresses and octets. Light or dark as the viewer prefers; no script, no reference to anything
/// outside.
#include <span>
#include <string>
#include <string_view>

#include "trace/ladder.hpp"
#include "trace/trace.hpp"

namespace tollgate::reports {

/// A file of its own, with its style inside. `title` stands on top: the case and its purpose.
[[nodiscard]] std::string ladder_svg(trace::Trace const& trace, std::string_view title, std::span<trace::EventId const> witnesses = {});

/// A ladder inside of a page shows so many events, and its file more: a picture of more helps nobody.
inline constexpr std::size_t inline_events_most = 150;

/// The same as part of a page that has `ladder_style` once; `ladder` is that of the trace. Each row can be pressed: its `data-event` says which event it is, and the
/// page shows what a tooltip of the file would.
[[nodiscard]] std::string inline_ladder_svg(trace::Trace const& trace, trace::Ladder ladder,
                                            std::span<trace::EventId const> witnesses = {});
[[nodiscard]] std::string_view ladder_style();

}  // namespace tollgate::reports
