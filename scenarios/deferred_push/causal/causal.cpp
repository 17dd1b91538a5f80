#include "scenarios/deferred_push/causal/causal.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>

#include "rules/causality.hpp"
#include "runner/bed.hpp"
#include "runner/claims.hpp"

namespace tollgate::deferred_push {

namespace {

/// A message of the flow after registration, with one deferred message. Numbers are those of the OMA text; they stand in the
/// order in which one causes the other, so that the answer to the SEND is before the debit.
struct Step {
  int number;
  char const* actor;
  char const* label;
  bool ours;
};
constexpr std::array flow{
    Step{3, "ocs", "reserve_units", false}, Step{4, "ocs", "reserve_units", true}, Step{5, "alice", "INVITE", false},
    Step{6, "alice", "INVITE", true},       Step{7, "alice", "SEND", false},       Step{10, "alice", "SEND", true},
    Step{8, "ocs", "debit_units", false},   Step{9, "ocs", "debit_units", true},   Step{11, "alice", "BYE", false},
    Step{12, "alice", "BYE", true},
};

/// Which reading makes an arrow of it: elsewhere the message may come before.
std::vector<std::string> readings(rules::Arrow const& arrow) {
  if (arrow.to == 8) return {"D-FIRST", "D-EACH", "D-ALL"};
  if (arrow.from == 9) return {"G-STRICT"};
  return {};
}

void answer(Bed& bed, Step const& step, Received const& request) {
  if (std::string_view(step.actor) == "ocs")
    bed.ocs().answers(request, {.result = 2001, .granted = 1});
  else
    bed.client(step.actor).answers(request, 200);
}

/// Nothing of what stands behind the answer comes while it is withheld; the debit in front of the BYE has an arrow of its own.
Task<void> hears_nothing_behind(Bed& bed, rules::Arrow const& arrow, std::size_t withheld, trace::EventId request, Duration hold) {
  for (auto const& later : std::span(flow).subspan(withheld + 1))
    if (!later.ours && (!arrow.needs_all || later.number == arrow.to))
      co_await bed.actor(later.actor).hears_no(later.label, hold - bed.since(request));
}

Task<void> play(Bed& bed, rules::Arrow arrow, Duration hold) {
  bed.ocs().scripts(ch2::Operation::debit_units);
  co_await bed.deposit("alice", "message 1");
  co_await bed.client("alice").registers();
  Received request;
  for (std::size_t i = 0; i < flow.size(); ++i) {
    Step const& step = flow.at(i);
    if (!step.ours) {
      request = co_await bed.actor(step.actor).receives(step.label, bed.ixit().live);
      continue;
    }
    if (step.number == arrow.from) co_await hears_nothing_behind(bed, arrow, i, request.event, hold);
    answer(bed, step, request);
  }
}

Case variant(rules::Arrow const& arrow) {
  constexpr int invite = 5;  // behind it comes MSRP
  auto const needs = arrow.to > invite ? std::vector{std::string(claim_msrp_peer)} : std::vector<std::string>();
  return {
      .info = {.id = fmt::format("CV-{}-{}", arrow.from, arrow.to),
               .group = "cv",
               .purpose = fmt::format("{}: none while step {} is withheld, step {} after its release.", arrow.says, arrow.from, arrow.to),
               .clause = fmt::format("CR 6.3.2.8 ({}-{})", std::min(arrow.from, arrow.to), std::max(arrow.from, arrow.to)),
               .strength = "flow",
               .kind = "causal",
               .file = __FILE_NAME__,
               .line = __LINE__},
      .profile = readings(arrow),
      .declared = readings(arrow),
      .needs = needs,
      .run = [arrow](Bed& bed) -> Task<void> {
        std::vector<Duration> const holds{Duration(50ms), bed.ixit().quiet};
        co_await bed.side_by_side(
            holds.size(), [&](Bed& one, std::size_t i) { return play(one, arrow, holds[i]); },
            [&](std::size_t i) {
              return fmt::format("withheld for {} ms", std::chrono::floor<std::chrono::milliseconds>(holds[i]).count());
            });
      }};
}

}  // namespace

std::vector<Case> causal_variants() {
  std::vector<Case> out;
  for (auto const& arrow : rules::arrows) out.push_back(variant(arrow));
  return out;
}

}  // namespace tollgate::deferred_push
