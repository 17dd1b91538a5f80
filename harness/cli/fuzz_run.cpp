#include "cli/fuzz_run.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tollgate::cli {

static constexpr char const* clauses = "RFC 3261 16.3; RFC 4475; RFC 4975 7.3; RFC 6733 7";

CaseResult result_of(fuzz::Found const& found) {
  CaseResult out;
  out.info = {.id = found.problem.name(),
              .group = "fuzz",
              .purpose = "No input does that to the server.",
              .clause = clauses,
              .strength = "shall",
              .kind = "invariant",
              .file = (found.folder / "repro.toml").string(),
              .line = 1};
  out.verdict = Verdict::fail;
  out.reason = found.problem.bucket;
  out.because = found.problem.says;
  if (found.times > 0) out.because += fmt::format(" ({} of {} times on a fresh server)", found.reproduced, found.times);
  Finding finding{.rule = found.problem.kind, .name = "fuzz", .clause = clauses};
  finding.verdict = out.verdict;
  finding.reason = out.reason;
  finding.because = out.because;
  out.findings = {std::move(finding)};
  out.duration = found.after;
  out.trace = found.trace;
  out.again = "tollgate repro " + found.folder.string();
  out.finished = true;
  return out;
}

CaseResult result_of(fuzz::Campaign const& campaign, fuzz::Campaign::End end) {
  CaseResult out;
  out.info = {.id = "FUZZ",
              .group = "fuzz",
              .purpose = "The campaign was played as long as it was told.",
              .clause = clauses,
              .strength = "shall",
              .kind = "invariant",
              .file = "fuzz/campaign/campaign.cpp",
              .line = 1};
  bool const is_complete = end == fuzz::Campaign::End::complete, is_empty = end == fuzz::Campaign::End::nothing_played;
  out.verdict = is_complete ? Verdict::pass : is_empty ? Verdict::error : Verdict::inconc;
  out.reason = is_complete ? "" : is_empty ? "no case was played" : "ended early";
  out.because = is_complete ? figures(campaign.progress(), campaign.found().size()) : campaign.why();
  Finding finding{.rule = "FUZZ", .name = "campaign", .clause = clauses};
  finding.verdict = out.verdict;
  finding.reason = out.reason;
  finding.because = out.because;
  out.findings = {std::move(finding)};
  out.duration = campaign.progress().running;
  out.finished = true;
  return out;
}

std::string figures(fuzz::Progress const& now, std::size_t found) {
  constexpr double least = 0.001;
  auto const seconds = std::max(least, std::chrono::duration<double>(now.running).count());
  auto const cases_a_second = static_cast<double>(now.cases) / seconds;
  auto const edges = now.edges > 0 ? fmt::format("{} edges, ", now.edges) : "";
  auto const sure = now.making_sure_of.empty() ? "" : fmt::format("  making sure of {}", now.making_sure_of);
  if (now.single_messages)
    return fmt::format("#{}  {:.0f} single messages/s  {}{} features  corpus {}  {} lives  {} found{}", now.cases, cases_a_second, edges,
                       now.features, now.corpus, now.lives, found, sure);
  return fmt::format("#{}  {:.0f} flows/s  {:.0f} messages/s  {}{} features  corpus {}  {} under way, {} linger  {} lives  {} found{}",
                     now.cases, cases_a_second, static_cast<double>(now.messages) / seconds, edges, now.features, now.corpus,
                     now.under_way - now.lingering, now.lingering, now.lives, found, sure);
}

}  // namespace tollgate::cli
