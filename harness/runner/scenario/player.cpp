#include "runner/scenario/player.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <set>

#include "base/assert.hpp"
#include "runner/axes.hpp"
#include "runner/duration_expression.hpp"
#include "runner/scenario/neighbours.hpp"
#include "runner/scenario/preloaded.hpp"
#include "runner/scenario/speaks_diameter.hpp"

namespace tollgate {

/// A debit that the scenario answers with anything but plain success waits for that answer; others are answered at once.
void Player::script_answers() {
  std::map<std::string, std::string> labels;
  auto const note = [&](step::Expect const& expect) { labels[expect.as] = expect.message; };
  for (Step const& step : flow_.steps) {
    if (auto const* group = std::get_if<step::Unordered>(&step.what)) std::ranges::for_each(group->all, note);
    if (auto const* expect = std::get_if<step::Expect>(&step.what)) note(*expect);
    auto const* answer = std::get_if<step::Answer>(&step.what);
    constexpr int success = 2001;
    if (answer == nullptr || answer->by != "ocs") continue;
    if (answer->code == success && !answer->granted && answer->changes.is_empty()) continue;
    auto const& label = labels[answer->to];
    if (label.contains("debit_units") || label == "TERMINATION" || label == "UPDATE") bed_.ocs().scripts(ch2::Operation::debit_units);
    if (label.contains("close") || label == "TERMINATION") bed_.ocs().scripts(ch2::Operation::close);
  }
}

Task<void> Player::play() {
  script_answers();
  for (Step const& step : flow_.steps) co_await std::visit([this](auto const& what) { return run(what); }, step.what);
}

Duration Player::left(std::string const& duration, std::string const& since) const {
  auto const whole = read_duration(duration, bed_.ixit());
  TOLLGATE_ASSERT(whole);  // the reader has checked it
  return since.empty() ? *whole : *whole - bed_.since(names_.event(since));
}

bool Player::counts(step::Axes const& profile) const {
  return is_certain(bed_.profile(), profile);
}

static Task<void> play_all(std::shared_ptr<Scenario const> scenario, Bed& bed) {
  std::vector<Flow const*> flows;
  for (auto const& flow : scenario->flows)
    if (!unclaimed(flow.needs, bed.claims())) flows.push_back(&flow);
  if (flows.size() == 1) {
    Player player(*flows.front(), bed);
    co_await player.play();
    co_return;
  }
  auto const play = [&flows](Bed& branch, std::size_t nth) -> Task<void> {
    Player player(*flows[nth], branch);
    co_await player.play();
  };
  auto const label = [&flows](std::size_t nth) { return flows[nth]->label; };
  if (bed.is_alone())
    co_await bed.one_by_one(flows.size(), play, label);
  else
    co_await bed.side_by_side(flows.size(), play, label);
}

/// The axis values that steps name, each once.
static std::vector<std::string> readings_of(Scenario const& scenario) {
  std::set<std::string> all;
  auto const note = [&all](auto const& what) {
    if constexpr (requires { what.profile; }) all.insert(what.profile.begin(), what.profile.end());
  };
  for (auto const& flow : scenario.flows)
    for (auto const& step : flow.steps) {
      std::visit(note, step.what);
      if (auto const* group = std::get_if<step::Unordered>(&step.what)) std::ranges::for_each(group->all, note);
    }
  return {all.begin(), all.end()};
}

Case to_case(Scenario scenario) {
  Case out{.info = scenario.info,
           .bundles = scenario.bundles,
           .where = scenario.where,
           .ambiguity = scenario.ambiguity,
           .profile = scenario.profile,
           .readings = readings_of(scenario),
           .needs = scenario.needs,
           .alone = scenario.alone,
           .heavy = scenario.heavy,
           .run = {}};
  if (!fits_preloaded(scenario)) out.needs.emplace_back(claim_store);
  using Seen = std::pair<std::string_view, bool (*)(Flow const&)>;
  for (auto const& [claim, is_needed] : {Seen{claim_diameter, speaks_diameter}, Seen{claim_charging_peer, needs_charging_peer},
                                         Seen{claim_sip_peer, needs_sip_peer}, Seen{claim_msrp_peer, needs_msrp_peer}}) {
    for (auto& flow : scenario.flows)
      if (is_needed(flow)) flow.needs.emplace_back(claim);
    auto const needs_it = [claim](Flow const& flow) { return std::ranges::find(flow.needs, claim) != flow.needs.end(); };
    if (std::ranges::all_of(scenario.flows, needs_it)) out.needs.emplace_back(claim);
  }
  out.run = [shared = std::make_shared<Scenario const>(std::move(scenario))](Bed& bed) { return play_all(shared, bed); };
  return out;
}

}  // namespace tollgate
