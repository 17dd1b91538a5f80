// tollgate list, explain, faults: what there is, for people and as JSON.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json.hpp>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "refserver/faults.hpp"
#include "rules/rule.hpp"
#include "runner/plan.hpp"

namespace tollgate::cli {

namespace json = boost::json;

/// Faults whose stated detectors name that case or monitor.
static std::vector<std::string> detects(std::string_view id) {
  std::vector<std::string> out;
  for (auto const& row : refserver::catalogue()) {
    bool named = false;
    for (auto const& detector : row.detectors) named |= detector.case_id == id || detector.reason == id;
    if (named) out.emplace_back(row.name);
  }
  return out;
}

int list(Options const& options) {
  auto const suite = load_suite(options);
  if (!suite) return refuse(suite.error());
  auto const sut = load_sut(options);
  if (!sut) return refuse(sut.error());
  if (auto const typo = selects_nothing(*suite, options.select))
    return refuse({exit_nothing_selected, fmt::format("'{}' selects nothing; `tollgate list` without it shows what there is", *typo)});
  auto const plan = select(*suite, {options.select, options.filter, options.level});
  if (plan.empty()) return refuse({exit_nothing_selected, "no case is selected; `tollgate list` without --filter and --level shows what there is"});
  json::array rows;
  for (auto const* planned : plan) {
    auto const& info = planned->info;
    auto const excluded = exclusion(*planned, sut->profile);
    if (!options.json) {
      fmt::print("{:<8} {:<10} {:<7} {}{}\n", info.id, info.strength, info.kind, info.purpose,
                 excluded ? "  [na: " + *excluded + "]" : "");
      continue;
    }
    json::object row{{"id", info.id}, {"purpose", info.purpose}, {"clause", info.clause}, {"strength", info.strength},
                     {"kind", info.kind}, {"group", info.group}, {"file", info.file}, {"profile", sut->profile.bundle}};
    row["bundles"] = json::value_from(planned->bundles);
    row["detects"] = json::value_from(detects(info.id));
    if (excluded) row["na"] = *excluded;
    rows.push_back(std::move(row));
  }
  if (options.json) fmt::print("{}\n", json::serialize(rows));
  return exit_ok;
}

static void explain_case(Case const& what) {
  auto const& info = what.info;
  auto const faults = detects(info.id);
  fmt::print("{}  {}\n  clause     {}\n  strength   {}\n  kind       {}\n  written in {}:{}\n", info.id, info.purpose,
             info.clause, info.strength, info.kind, info.file, info.line);
  fmt::print("  applies    {}\n", what.bundles.empty() ? "under every bundle" : fmt::format("under {}", fmt::join(what.bundles, ", ")));
  if (!what.ambiguity.empty()) fmt::print("  ambiguity  {}\n", what.ambiguity);
  fmt::print("  verdict    fail when a step is not met or a monitor fails; run `tollgate explain G1` and so on for those\n");
  fmt::print("  detects    {}\n", faults.empty() ? "no fault of its own; the monitors judge it" : fmt::format("{}", fmt::join(faults, ", ")));
  fmt::print("  run it     tollgate run {}\n", info.id);
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
  if (auto const fault = refserver::find_fault(options.id)) {
    auto const& row = refserver::row(*fault);
    fmt::print("{}  {}\n  breaks     {}\n", row.name, row.sentence, row.clause);
    for (auto const& detector : row.detectors) fmt::print("  caught by  {} for \"{}\"\n", detector.case_id, detector.reason);
    fmt::print("  see it     tollgate run --fault {}\n", row.id());
    return exit_ok;
  }
  return refuse({exit_usage, fmt::format("'{}' is no case, monitor or fault; `tollgate list` names the cases", options.id)});
}

int faults(Options const& options) {
  json::array rows;
  for (auto const& row : refserver::catalogue()) {
    if (!options.json) {
      fmt::print("{:<28} {}\n", row.name, row.sentence);
      continue;
    }
    json::array detectors;
    for (auto const& detector : row.detectors)
      detectors.push_back(json::object{{"case", detector.case_id}, {"reason", detector.reason}});
    rows.push_back(json::object{{"id", row.id()}, {"name", row.name}, {"clause", row.clause}, {"sentence", row.sentence},
                                {"detectors", detectors}});
  }
  if (options.json) fmt::print("{}\n", json::serialize(rows));
  return exit_ok;
}

}  // namespace tollgate::cli
