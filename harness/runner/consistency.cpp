#include "runner/consistency.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "rules/charging_sums.hpp"
#include "rules/party_view.hpp"
#include "runner/axes.hpp"
#include "runner/declaration.hpp"
#include "runner/inference.hpp"
#include "runner/own_lag.hpp"

namespace tollgate {

namespace {

using Witnesses = std::vector<CaseResult const*>;
using Shown = std::map<std::string, Witnesses>;  ///< value -> the cases that show it, in the order of the run

bool is_open(std::string_view key, Profile const& profile) {
  auto const axis = std::ranges::find(axes(), key, &Axis::key);
  bool const is_declared = axis == axes().end() || axis->declared == nullptr || !(profile.*axis->declared).empty();
  return !is_declared && allowed_undeclared(profile.bundle, key).size() != 1;
}

bool says_something(CaseResult const& result) {
  return result.verdict == Verdict::pass && result.info.kind != "invariant" && !result.trace.empty();
}

/// Debit timings are told apart by times that lie half of `live` apart, the other axes by counts.
bool was_in_time(CaseResult const& result, Ixit const& timers) {
  return result.lag <= lag_borne(timers);
}

/// A case, and what it shows.
struct Speaker {
  CaseResult const* result = nullptr;
  Readings readings;
};

std::vector<Speaker> speakers(std::span<CaseResult const> cases, Ixit const& timers) {
  std::vector<Speaker> out;
  for (auto const& result : cases)
    if (says_something(result)) out.push_back({&result, readings_of(result, timers)});
  return out;
}

Shown shown_on(std::string const& axis, std::span<Speaker const> all, Ixit const& timers) {
  Shown out;
  for (auto const& [result, readings] : all) {
    auto const values = readings.find(axis);
    if (values == readings.end() || (axis == "debit" && !was_in_time(*result, timers))) continue;
    for (auto const& value : values->second) out[value].push_back(result);
  }
  if (axis == "debit") settle_debit(out);
  return out;
}

/// "DBT-09, ML-01 and 3 more"; each once, it may have been repeated.
std::string names(Witnesses const& witnesses) {
  std::vector<std::string> ids;
  for (auto const* result : witnesses)
    if (std::ranges::find(ids, result->info.id) == ids.end()) ids.push_back(result->info.id);
  return few_of(ids);
}

/// What it was debited with, or what closed its credit session; nothing where neither was.
std::optional<trace::Event> charge_of(CaseResult const& result) {
  auto const is_charge = [](trace::Event const& e) {
    return e.repeats == 0 && (rules::received_request(e, "debit_units") || rules::received_request(e, "close"));
  };
  auto const found = std::ranges::find_if(result.trace.events(), is_charge);
  if (found == result.trace.events().end()) return std::nullopt;
  auto event = *found;
  event.id = event.about = 0;
  event.note = "of " + result.info.id;
  return event;
}

Contradiction contradiction(std::string const& axis, std::string because, CaseResult const& one, CaseResult const& other) {
  Contradiction out;
  out.axis = axis;
  std::vector<trace::Event> charges;
  for (auto const* result : {&one, &other})
    if (auto charge = charge_of(*result)) charges.push_back(std::move(*charge));
  std::ranges::sort(charges, {}, &trace::Event::at_ns);
  for (auto& charge : charges) out.finding.witnesses.push_back(out.trace.record(std::move(charge)));
  out.finding.rule = "DBT-13";
  out.finding.name = "one_reading_over_the_run";
  out.finding.clause = "CR 6.3.2.8 (8)";
  out.finding.verdict = Verdict::fail;
  out.finding.reason = "unstable " + axis;
  out.finding.because = std::move(because);
  return out;
}

rules::UnitsCounted counted(std::string const& units) {
  return units == "sent" ? rules::UnitsCounted::sent : units == "ok" ? rules::UnitsCounted::ok : rules::UnitsCounted::flat;
}

/// The cases that hold only by another reading than that.
Witnesses against(std::string const& units, std::span<Speaker const> all, Profile const& profile, Ixit const& timers) {
  Witnesses out;
  for (auto const& [result, readings] : all) {
    auto open = terms_of(profile, timers);
    open.flat_units = true;
    open.epsilon_ns += result->lag.count();
    open.is_cut_off = result->trace.facts().contains("cut_off");
    auto held = open;
    held.units = counted(units);
    bool const holds = rules::units_match_messages(result->trace, held).verdict != Verdict::fail;
    if (!holds && rules::units_match_messages(result->trace, open).verdict != Verdict::fail) out.push_back(result);
  }
  return out;
}

}  // namespace

std::vector<Contradiction> contradictions(std::span<CaseResult const> cases, Profile const& profile, Ixit const& timers) {
  std::vector<std::string> axes{"credit", "debit", "units", "unlisted"};
  std::erase_if(axes, [&](auto const& axis) { return !is_open(axis, profile); });
  if (axes.empty()) return {};
  auto const all = speakers(cases, timers);
  std::vector<Contradiction> out;
  for (auto const& axis : axes) {
    auto const shown = shown_on(axis, all, timers);
    if (shown.empty()) continue;
    auto const& [first, its] = *shown.begin();
    if (shown.size() > 1) {
      std::string says;
      for (auto const& [value, witnesses] : shown) says += fmt::format("{}{} by {}", says.empty() ? "" : ", ", value, names(witnesses));
      out.push_back(contradiction(axis,
                                  fmt::format("nothing is declared of {}, and the run shows {}: one must hold throughout", axis, says),
                                  *its.front(), *std::next(shown.begin())->second.front()));
    } else if (axis == "units") {
      if (auto const others = against(first, all, profile, timers); !others.empty())
        out.push_back(contradiction(
            axis, fmt::format("{} shows that units count {}, but those of {} fit another reading only", names(its), first, names(others)),
            *its.front(), *others.front()));
    }
  }
  return out;
}

}  // namespace tollgate
