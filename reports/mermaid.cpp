#include "reports/mermaid.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "trace/ladder.hpp"

namespace tollgate::reports {

namespace {

/// Text that cannot end a statement or a name: mermaid has codes of its own for the signs that do.
std::string plain(std::string_view text) {
  std::string out;
  for (char const c : one_line(text)) {
    bool const means_something = std::string_view("#;:<>{}\"%&`|\\").contains(c);
    out += means_something ? fmt::format("#{};", static_cast<int>(static_cast<unsigned char>(c))) : std::string(1, c);
  }
  return out;
}

std::string row_of(trace::Row const& row, std::span<trace::EventId const> witnesses) {
  auto const label = plain(row.detail.empty() ? row.label : fmt::format("{}, {}", row.label, row.detail));
  auto const step = row.step > 0 ? fmt::format("{}. ", row.step) : "";
  std::string text = row.from == row.to
                         ? fmt::format("  Note over c{}: {}\n", row.from, label)
                         : fmt::format("  c{}{}c{}: {}{}\n", row.from, row.repeats != 0 ? "-->>" : "->>", row.to, step, label);
  if (std::ranges::find(witnesses, row.event) != witnesses.end())
    text += fmt::format("  Note over c{},c{}: #35;{} at +{} ms\n", std::min(row.from, row.to), std::max(row.from, row.to), row.event,
                        milliseconds(row.since_start_ns));
  return text;
}

}  // namespace

std::string mermaid(trace::Trace const& trace, std::span<trace::EventId const> witnesses) {
  auto const ladder = trace::ladder(trace);
  std::string text = "sequenceDiagram\n";
  for (std::size_t i = 0; i < ladder.columns.size(); ++i) {
    auto const& [role, actor] = ladder.columns[i];
    text += fmt::format("  participant c{} as {}{}\n", i, to_string(role), actor.empty() ? "" : " " + plain(actor));
  }
  auto const witness =
      std::ranges::find_if(ladder.rows, [&](auto const& row) { return std::ranges::find(witnesses, row.event) != witnesses.end(); });
  auto const at = static_cast<std::size_t>(witness == ladder.rows.end() ? 0 : witness - ladder.rows.begin());
  auto const begin =
      ladder.rows.size() <= mermaid_rows_max ? 0 : std::min(at - std::min(at, mermaid_rows_max / 2), ladder.rows.size() - mermaid_rows_max);
  auto const end = std::min(ladder.rows.size(), begin + mermaid_rows_max);
  if (begin > 0) text += fmt::format("  Note over c0: {} events before\n", begin);
  for (auto i = begin; i < end; ++i) text += row_of(ladder.rows[i], witnesses);
  if (end < ladder.rows.size()) text += fmt::format("  Note over c0: {} events more\n", ladder.rows.size() - end);
  return text;
}

}  // namespace tollgate::reports
