#include "runner/conclusion.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "actors/im_client/author.hpp"
#include "base/assert.hpp"
#include "base/text.hpp"

namespace tollgate {

std::string complaints_of_sipp(trace::Trace const& trace) {
  constexpr std::size_t most = 2;
  std::string all;
  std::size_t count = 0;
  for (auto const& event : trace.events())
    if (event.kind == trace::Kind::played && event.direction == trace::Direction::received && !event.note.ends_with(": exit 0") &&
        !event.note.ends_with(ended_with_the_case) && !event.note.starts_with(wrote) && count++ < most)
      all += fmt::format("; #{} {}", event.id, event.note);
  return all;
}

/// A message of SIPp's that no case had asked for, or that a SUT may take amiss.
static trace::Event const* misleading_of_sipp(trace::Trace const& trace) {
  auto const found = std::ranges::find_if(trace.events(), [](trace::Event const& event) {
    return event.kind == trace::Kind::played && event.direction == trace::Direction::received && event.note.starts_with(wrote);
  });
  return found == trace.events().end() ? nullptr : &*found;
}

Conclusion concluded(std::span<Finding const> findings, trace::Trace const& trace) {
  TOLLGATE_ASSERT(!findings.empty());
  Finding const* worst = &findings.front();
  for (auto const& finding : findings.subspan(1)) {
    bool const says_nothing = finding.verdict == Verdict::inconc && finding.reason != "own lag";
    bool const is_worse =
        worst->verdict == Verdict::na ? finding.verdict == Verdict::fail : worse(finding.verdict, worst->verdict) != worst->verdict;
    if (!says_nothing && is_worse) worst = &finding;
  }
  if (auto const* misleading = misleading_of_sipp(trace); misleading != nullptr && worst->verdict == Verdict::fail)
    return {
        .verdict = Verdict::error,
        .reason = misleading->note,
        .because = fmt::format("which is #{}, and may be why{}; with it, {}", misleading->id, complaints_of_sipp(trace), worst->because),
        .witnesses = worst->witnesses};
  return {.verdict = worst->verdict,
          .reason = worst->reason,
          .because = worst->because + (worst->verdict == Verdict::fail ? complaints_of_sipp(trace) : ""),
          .witnesses = worst->witnesses};
}

void keep_steps(Finding const& steps, trace::Facts& facts) {
  facts["case"] = steps.rule;
  facts["steps"] = to_string(steps.verdict);
  if (!steps.reason.empty()) facts["steps_reason"] = steps.reason;
  if (!steps.because.empty()) facts["steps_because"] = steps.because;
  if (!steps.witnesses.empty()) facts["steps_witnesses"] = fmt::format("{}", fmt::join(steps.witnesses, " "));
}

static std::string fact(trace::Facts const& facts, char const* name) {
  auto const at = facts.find(name);
  return at == facts.end() ? "" : at->second;
}

std::expected<std::optional<Finding>, std::string> steps_in(trace::Facts const& facts) {
  if (!facts.contains("steps")) return std::nullopt;
  constexpr std::array all{Verdict::none, Verdict::pass, Verdict::inconc, Verdict::fail, Verdict::error, Verdict::na};
  auto const* const verdict = std::ranges::find(all, fact(facts, "steps"), [](auto one) { return to_string(one); });
  if (verdict == all.end()) return std::unexpected(fmt::format("steps is no verdict: \"{}\"", printable(fact(facts, "steps"), 40)));
  auto const witnesses = event_ids(fact(facts, "steps_witnesses"));
  if (!witnesses)
    return std::unexpected(fmt::format("steps_witnesses names no event: \"{}\"", printable(fact(facts, "steps_witnesses"), 40)));
  return Finding{.rule = fact(facts, "case"),
                 .name = "steps",
                 .clause = "",
                 .verdict = *verdict,
                 .reason = fact(facts, "steps_reason"),
                 .because = fact(facts, "steps_because"),
                 .witnesses = *witnesses};
}

std::optional<std::vector<trace::EventId>> event_ids(std::string_view text) {
  std::vector<trace::EventId> out;
  if (text.empty()) return out;
  for (auto const number : split(text, ' ')) {
    auto const event = to_number<trace::EventId>(number);
    if (!event) return std::nullopt;
    out.push_back(*event);
  }
  return out;
}

}  // namespace tollgate
