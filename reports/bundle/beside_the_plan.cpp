#include "reports/bundle/beside_the_plan.hpp"

#include <fmt/format.h>

#include "reports/added_results.hpp"
#include "rules/grammar.hpp"
#include "runner/declaration.hpp"

namespace tollgate::reports {

static constexpr std::string_view peers = "peers", end = ".jsonl";

std::map<std::string, CaseResult> beside_the_plan(Files const& files, Run const& run, std::vector<rules::CaseTrace> cases,
                                                  std::vector<std::string>& complaints) {
  std::map<std::string, CaseResult> out;
  auto const add = [&out](CaseResult result) {
    auto id = result.info.id;
    out[std::move(id)] = std::move(result);
  };
  for (auto const& [name, octets] : files) {
    if (!name.starts_with(peers) || !name.ends_with(end)) continue;
    auto const trace = trace::load(octets);
    auto const declared = trace ? declaration_in(trace->facts()) : std::unexpected(describe(trace.error()));
    if (!declared) {
      complaints.push_back(fmt::format("{}: {}", name, declared.error()));
      continue;
    }
    auto const terms = terms_of(*declared);
    auto of = name.substr(peers.size(), name.size() - peers.size() - end.size());  // "" or "-ORD-03"
    if (of.starts_with('-')) of.erase(0, 1);
    if (auto finding = rules::every_octet_parses(*trace, terms); finding.verdict == Verdict::fail)
      add(peers_result(of, std::move(finding), *trace, run.out));
    if (!of.empty()) continue;
    auto traces = cases;
    traces.insert(traces.begin(), {"no case", &*trace});
    for (auto& shared : rules::shared_identifiers(traces, terms)) add(shared_result(std::move(shared), run.declares, run.seed));
  }
  if (auto const declared = declaration_in(run.declares))
    for (auto& one : contradictions(run.cases, declared->profile, declared->timers))
      add(unstable_result(std::move(one), run.declares, run.seed));
  return out;
}

}  // namespace tollgate::reports
