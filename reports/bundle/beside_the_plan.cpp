#include "reports/bundle/beside_the_plan.hpp"

#include <fmt/format.h>

#include "rules/grammar.hpp"
#include "runner/declaration.hpp"

namespace tollgate::reports {

static constexpr std::string_view peers = "peers", end = ".jsonl";

std::map<std::string, std::string> beside_the_plan(Files const& files, std::vector<rules::CaseTrace> cases,
                                                   std::vector<std::string>& complaints) {
  std::map<std::string, std::string> out;
  for (auto const& [name, octets] : files) {
    if (!name.starts_with(peers) || !name.ends_with(end)) continue;
    auto const trace = trace::load(octets);
    auto const declared = trace ? declaration_in(trace->facts()) : std::unexpected(describe(trace.error()));
    if (!declared) {
      complaints.push_back(fmt::format("{}: {}", name, declared.error()));
      continue;
    }
    auto const terms = terms_of(*declared);
    auto const of = name.substr(peers.size(), name.size() - peers.size() - end.size());  // "" or "-ORD-03"
    if (auto const finding = rules::every_octet_parses(*trace, terms); finding.verdict == Verdict::fail)
      out["PEERS" + of] = finding.because;
    if (!of.empty()) continue;
    auto traces = cases;
    traces.insert(traces.begin(), {"no case", &*trace});
    for (auto const& shared : rules::shared_identifiers(traces, terms)) out["RUN-" + shared.finding.rule] = shared.finding.because;
  }
  return out;
}

}  // namespace tollgate::reports
