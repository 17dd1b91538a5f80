// tollgate list, explain, faults: what there is, for people and as JSON.
#include "refserver/defects/catalogue.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "refserver/faults.hpp"
#include "rules/rule.hpp"
#include "runner/plan.hpp"
#include "scenarios/scenario_files.hpp"

namespace tollgate::cli {

namespace json = boost::json;

/// Faults that the catalogue expects that case or monitor to show.
static std::vector<std::string> detects(std::string_view id) {
  std::vector<std::string> out;
  for (auto const& row : refserver::catalogue()) {
    bool named = std::ranges::find(row.reasons, id) != row.reasons.end();
    for (auto const& detector : row.detectors) named |= detector.case_id == id || detector.reason == id;
    if (named) out.emplace_back(row.name);
  }
  return out;
}

/// But for what is no claim of [ics]: the ability to store as a case wants.
static std::vector<std::string> claims_needed(Case const& what) {
  auto out = what.needs;
  std::erase(out, claim_store);
  return out;
}

/// The readings that it applies under: bundles, values on the axes of the profile, or all of them.
static std::string profile_of(Case const& what) {
  auto words = what.bundles;
  words.insert(words.end(), what.profile.begin(), what.profile.end());
  return words.empty() ? "all" : fmt::format("{}", fmt::join(words, ","));
}

int list(Options const& options) {
  auto const suite = load_suite(options);
  if (!suite) return refuse(suite.error());
  auto const sut = load_sut(options);
  if (!sut) return refuse(sut.error());
  if (auto const typo = selects_nothing(*suite, options.select))
    return refuse({exit_nothing_selected, fmt::format("'{}' selects nothing; `tollgate list` without it shows what there is", *typo)});
  auto const plan = select(*suite, {options.select, options.filter, options.level});
  if (plan.empty())
    return refuse({exit_nothing_selected, "no case is selected; `tollgate list` without --filter and --level shows what there is"});
  json::array rows;
  for (auto const* planned : plan) {
    auto const& info = planned->info;
    auto const excluded = not_applicable(*planned, sut->profile, sut->claims);
    if (!options.json) {
      fmt::print("{:<8} {:<10} {:<18} {} ({}){}\n", info.id, info.strength, profile_of(*planned), info.purpose, info.clause,
                 excluded ? "  [na: " + *excluded + "]" : "");
      continue;
    }
    json::object row{{"id", info.id},     {"purpose", info.purpose}, {"clause", info.clause}, {"strength", info.strength},
                     {"kind", info.kind}, {"group", info.group},     {"file", info.file},     {"profile", profile_of(*planned)}};
    row["bundles"] = json::value_from(planned->bundles);
    row["applies_to"] = json::value_from(planned->profile);
    row["steps_depend_on"] = json::value_from(planned->readings);
    row["needs"] = json::value_from(claims_needed(*planned));
    row["detects"] = json::value_from(detects(info.id));
    if (!info.not_built.empty()) row["not_built"] = info.not_built;
    if (excluded) row["na"] = *excluded;
    rows.push_back(std::move(row));
  }
  if (options.json) fmt::print("{}\n", json::serialize(rows));
  return exit_ok;
}

static std::string_view verdict_rule(std::string_view kind) {
  if (kind == "causal")
    return "pass when nothing comes while the answer is withheld and it comes after the release; fail when it comes before";
  if (kind == "live") return "pass when it comes within its time; fail when it does not";
  if (kind == "absent") return "pass when nothing comes for the whole silence; fail with what came";
  if (kind == "count") return "pass when it comes as often as it must; fail with the number that came";
  if (kind == "field") return "pass when the fields have the values that they must have; fail with the one that has not";
  if (kind == "order") return "pass when the order that we control holds; times of two sockets closer than epsilon say nothing";
  return "pass when what must always hold has been seen to hold; fail with the event that breaks it";
}

/// The stimulus: the steps of a scenario file as they stand in it.
static void print_steps(Case const& what) {
  for (auto const& file : scenario_files()) {
    if (!std::string_view(file.path).ends_with(what.info.file)) continue;
    bool is_step = false;
    for (auto const line : split(file.text, '\n')) {
      if (line.contains("</scenario>")) break;
      if (is_step && !trim(line).empty()) fmt::print("             {}\n", line.starts_with("  ") ? line.substr(2) : line);
      is_step = is_step || line.contains("</purpose>");
    }
  }
}

/// Under which bundles, readings and claims.
static std::string applies(Case const& what) {
  std::string out = what.bundles.empty() ? "under every bundle" : fmt::format("under {}", fmt::join(what.bundles, ", "));
  if (!what.declared.empty())
    out += fmt::format(", to a SUT that declares {}", fmt::join(what.declared, " or "));
  else if (!what.profile.empty())
    out += fmt::format(", to a SUT that may be {}", fmt::join(what.profile, " or "));
  if (!what.readings.empty()) out += fmt::format("; some steps count only for {}", fmt::join(what.readings, ", "));
  if (auto const needs = claims_needed(what); !needs.empty()) out += fmt::format("; the SUT claims {}", fmt::join(needs, ", "));
  return out;
}

static void explain_case(Case const& what) {
  auto const& info = what.info;
  auto const faults = detects(info.id);
  fmt::print("{}  {}\n  clause     {}\n  strength   {}\n  kind       {}\n  written in {}:{}\n", info.id, info.purpose, info.clause,
             info.strength, info.kind, info.file, info.line);
  fmt::print("  applies    {}\n", applies(what));
  if (!what.ambiguity.empty()) fmt::print("  ambiguity  {}\n", what.ambiguity);
  if (!info.not_built.empty()) fmt::print("  not built  {}\n", info.not_built);
  fmt::print("  verdict    {}; a monitor that fails, fails it too\n", verdict_rule(info.kind));
  fmt::print("  stimulus   {}\n", info.file.ends_with(".xml") ? "these steps" : "the function at the place above says it, step by step");
  print_steps(what);
  fmt::print("  detects    {}\n",
             faults.empty() ? "no fault of its own; the monitors judge it" : fmt::format("{}", fmt::join(faults, ", ")));
  fmt::print("  run it     tollgate run {}\n", info.id);
}

static void explain_fault(refserver::FaultRow const& row) {
  fmt::print("{}  {}\n  breaks     {}\n", row.name, row.sentence, row.clause);
  for (auto const& detector : row.detectors) fmt::print("  caught by  {} for \"{}\"\n", detector.case_id, detector.reason);
  fmt::print("  see it     tollgate run --fault {}\n", row.id());
}

int explain(Options const& options) {
  auto const suite = load_suite(options);
  if (!suite) return refuse(suite.error());
  for (auto const& what : *suite)
    if (iequals(what.info.id, options.id)) return explain_case(what), exit_ok;
  for (auto const& rule : rules::monitors()) {
    if (!iequals(rule.id, options.id)) continue;
    auto const faults = detects(rule.id);
    fmt::print("{} {}  {}\n  clause     {}\n  judges     every case; fail with the events that prove it\n  detects    {}\n", rule.id,
               rule.name, rule.says, rule.clause,
               faults.empty() ? "faults that other detectors are stated for" : fmt::format("{}", fmt::join(faults, ", ")));
    return exit_ok;
  }
  if (auto const* pair = refserver::find_pair(options.id)) return explain_fault(*pair), exit_ok;
  if (auto const fault = refserver::find_fault(options.id)) return explain_fault(refserver::row(*fault)), exit_ok;
  if (auto const defect = refserver::defects::find_defect(options.id)) {
    auto const& row = refserver::defects::row(*defect);
    fmt::print("{}  {}\n  class      {}: {}, {}, {}\n  met by     {}\n  see it     imserver --fault {} of a build of the preset defects\n",
               row.name, row.sentence, refserver::defects::section, text(row.kind), text(row.depth), row.protocol, row.trigger, row.id());
    return exit_ok;
  }
  return refuse({exit_usage, fmt::format("'{}' is no case, monitor or fault; `tollgate list` names the cases", options.id)});
}

/// The class that the suite does not judge: a fuzzer does, against a server that has it.
static void list_defects(json::array* rows) {
  using refserver::defects::text;
  if (rows == nullptr) fmt::print("\nmemory: for a fuzzer to find in imserver of the preset defects; no part of `tollgate matrix`\n");
  for (auto const& row : refserver::defects::catalogue()) {
    if (rows == nullptr)
      fmt::print("{:<40} {:<13} {:<14} {}\n", row.name, text(row.depth), text(row.kind), row.sentence);
    else
      rows->push_back(json::object{{"id", row.id()},
                                   {"name", row.name},
                                   {"section", refserver::defects::section},
                                   {"protocol", row.protocol},
                                   {"depth", text(row.depth)},
                                   {"kind", text(row.kind)},
                                   {"reach", text(row.reach)},
                                   {"sentence", row.sentence},
                                   {"trigger", row.trigger},
                                   {"report", row.report},
                                   {"function", row.function}});
  }
}

static json::object to_json(refserver::FaultRow const& row) {
  json::array detectors, blind;
  for (auto const& [case_id, because] : row.blind) blind.push_back(json::object{{"case", case_id}, {"because", because}});
  for (auto const& detector : row.detectors) detectors.push_back(json::object{{"case", detector.case_id}, {"reason", detector.reason}});
  return {{"id", row.id()},           {"name", row.name},       {"clause", row.clause},
          {"sentence", row.sentence}, {"detectors", detectors}, {"not_shown_by", blind}};
}

static void print(refserver::FaultRow const& row) {
  fmt::print("{:<28} {}\n", row.name, row.sentence);
  for (auto const& [case_id, because] : row.blind) fmt::print("{:<28} ({} does not show it: it {})\n", "", case_id, because);
}

int faults(Options const& options) {
  json::array rows;
  for (auto const table : {refserver::catalogue(), refserver::second_order()})
    for (auto const& row : table) {
      if (options.json)
        rows.push_back(to_json(row));
      else
        print(row);
    }
  list_defects(options.json ? &rows : nullptr);
  if (options.json) fmt::print("{}\n", json::serialize(rows));
  return exit_ok;
}

}  // namespace tollgate::cli
