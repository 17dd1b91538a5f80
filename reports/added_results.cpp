#include "reports/added_results.hpp"

#include <fmt/format.h>

namespace tollgate::reports {

static CaseResult added(CaseInfo info, Finding finding, trace::Trace seen, std::string again) {
  CaseResult result;
  result.info = std::move(info);
  result.info.clause = finding.clause;
  if (result.info.strength.empty()) result.info.strength = "rfc-must";
  result.info.kind = "invariant";
  result.verdict = finding.verdict;
  result.reason = finding.reason;
  result.because = finding.because;
  result.findings = {std::move(finding)};
  result.trace = std::move(seen);
  result.again = std::move(again);
  result.finished = true;
  return result;
}

std::string peers_file(std::string const& of) {
  return fmt::format("peers{}{}.jsonl", of.empty() ? "" : "-", of);
}

CaseResult peers_result(std::string const& of, Finding finding, trace::Trace peers, std::filesystem::path const& folder) {
  CaseInfo info;
  info.id = of.empty() ? "PEERS" : "PEERS-" + of;
  info.group = "peers";
  info.purpose = "What crosses a wire and belongs to no case keeps to its grammar.";
  return added(std::move(info), std::move(finding), std::move(peers), fmt::format("tollgate judge {}/{}", folder.string(), peers_file(of)));
}

CaseResult shared_result(rules::SharedIdentifier shared, trace::Facts const& declares, std::uint64_t seed) {
  CaseInfo info;
  info.id = "RUN-" + shared.finding.rule;
  info.group = "run";
  info.purpose = "Over the whole run, too, an identifier names one thing.";
  shared.trace.declare(declares);
  return added(std::move(info), std::move(shared.finding), std::move(shared.trace), fmt::format("tollgate run --seed {}", seed));
}

CaseResult unstable_result(Contradiction contradiction, trace::Facts const& declares, std::uint64_t seed) {
  CaseInfo info;
  info.id = "RUN-" + contradiction.axis;
  info.group = "run";
  info.purpose = "One reading holds over the whole run.";
  info.strength = "profile";
  contradiction.trace.declare(declares);
  return added(std::move(info), std::move(contradiction.finding), std::move(contradiction.trace),
               fmt::format("tollgate run --seed {}", seed));
}

}  // namespace tollgate::reports
