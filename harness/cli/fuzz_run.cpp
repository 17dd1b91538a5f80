#include "cli/fuzz_run.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/run_plan.hpp"
#include "fuzz/finding/regression.hpp"

namespace tollgate::cli {

static constexpr std::string_view campaign_id = "FUZZ";
CaseResult result_of(fuzz::Found const& found) {
  CaseResult out;
  out.info = {.id = found.problem.name(),
              .group = "fuzz",
              .purpose = "No input does that to the server.",
              .clause = fuzz::finding_clauses,
              .strength = "shall",
              .kind = "invariant",
              .file = (found.folder / "repro.toml").string(),
              .line = 1};
  out.verdict = Verdict::fail;
  out.reason = found.problem.bucket;
  out.because = found.problem.says;
  if (found.times > 0) out.because += fmt::format(" ({} of {} times on a fresh server)", found.reproduced, found.times);
  Finding finding{.rule = found.problem.kind, .name = "fuzz", .clause = fuzz::finding_clauses};
  finding.verdict = out.verdict;
  finding.reason = out.reason;
  finding.because = out.because;
  out.findings = {std::move(finding)};
  out.duration = found.after;
  out.trace = found.trace;
  out.again = "tollgate repro " + shell_word(found.folder.string());
  out.finished = true;
  return out;
}

CaseResult unfinished_campaign(std::string again) {
  CaseResult out;
  out.info = {.id = std::string(campaign_id),
              .group = "fuzz",
              .purpose = "The campaign was played as long as it was told.",
              .clause = fuzz::finding_clauses,
              .strength = "shall",
              .kind = "invariant",
              .file = "fuzz/campaign/campaign.cpp",
              .line = 1};
  out.again = std::move(again);
  return out;
}

CaseResult result_of(fuzz::Campaign const& campaign, fuzz::Campaign::End end, std::string figures) {
  auto out = unfinished_campaign("");
  bool const is_complete = end == fuzz::Campaign::End::complete, is_empty = end == fuzz::Campaign::End::nothing_played;
  out.verdict = is_complete ? Verdict::pass : is_empty ? Verdict::error : Verdict::inconc;
  out.reason = is_complete ? "" : is_empty ? "no case was played" : "ended early";
  out.because = is_complete ? std::move(figures) : campaign.why();
  Finding finding{.rule = out.info.id, .name = "campaign", .clause = fuzz::finding_clauses};
  finding.verdict = out.verdict;
  finding.reason = out.reason;
  finding.because = out.because;
  out.findings = {std::move(finding)};
  out.duration = campaign.progress().running;
  out.finished = true;
  return out;
}

namespace libfuzzer {
constexpr int timeout = 70, interrupted = 72, error = 77;
}

int libfuzzer_exit(Run const& run) {
  if (run.exit == exit_interrupted) return libfuzzer::interrupted;
  if (run.exit != exit_fail) return run.exit;
  bool const all_hang = std::ranges::all_of(
      run.cases, [](CaseResult const& one) { return one.verdict != Verdict::fail || one.findings.front().rule == fuzz::hang("").kind; });
  return all_hang ? libfuzzer::timeout : libfuzzer::error;
}

std::string_view libfuzzer_meaning(int code) {
  if (code == libfuzzer::error) return "something was found (libFuzzer's code)";
  if (code == libfuzzer::timeout) return "hangs were found, and nothing else (libFuzzer's code of timeouts)";
  return code == libfuzzer::interrupted ? "the campaign was interrupted (libFuzzer's code)" : "";
}

std::string again(Options const& options, std::uint64_t seed) {
  std::string command = "tollgate fuzz";
  for (auto const& word : options.select) command += " " + shell_word(word);
  auto const add = [&command](char const* flag, std::string const& value, std::string_view usual = "") {
    if (value != usual) command += fmt::format(" {} {}", flag, shell_word(value));
  };
  auto const add_number = [&](char const* flag, std::uint64_t value) { add(flag, fmt::format("{}", value), "0"); };
  add("--filter", options.filter, "*");
  add("--level", options.level, "may");
  add("--sut", options.sut);
  add("--profile", options.profile);
  add("--channel", options.channel, "all");
  if (options.messages) command += " --messages";
  add("--feedback", options.feedback, "coverage");
  if (options.strict_answers) command += " --strict-answers";
  if (options.libfuzzer_exits) command += " --libfuzzer-exits";
  add("--time", options.time);
  add_number("--execs", options.execs);
  add_number("--jobs", options.jobs);
  add_number("--servers", options.servers);
  if (options.timeout_scale != 1) command += fmt::format(" --timeout-scale {}", options.timeout_scale);
  command += options.ways.flags();
  for (auto const& fault : options.faults) add("--fault", fault);
  add("--imserver", options.imserver);
  for (auto const& directory : options.scenarios) add("--scenarios", directory);
  add("--corpus", options.corpus);
  add("--baseline", options.baseline);
  return command + fmt::format(" --seed {}", seed);
}

/// "crash-1a2b3c4d": what is found is called so, by whichever campaign.
static bool names_a_finding(std::string_view id) {
  constexpr std::size_t digits = 8;
  auto const dash = id.rfind('-');
  return dash != std::string_view::npos && dash > 0 && id.size() - dash - 1 == digits &&
         id.find_first_not_of("0123456789abcdef", dash + 1) == std::string_view::npos;
}

std::vector<std::string> out_of_date(Baseline const& baseline, std::span<CaseResult const> results) {
  std::vector<Case> all;
  for (auto const& result : results) all.push_back({.info = result.info});
  for (auto const& entry : baseline.entries())
    if (names_a_finding(entry.case_id)) all.push_back({.info = {.id = entry.case_id}});
  return baseline.problems(all);
}

std::vector<KnownFailure> not_seen(Baseline const& baseline, std::span<CaseResult const> results) {
  std::vector<KnownFailure> out;
  for (auto const& entry : baseline.entries()) {
    bool const is_seen = std::ranges::any_of(results, [&](CaseResult const& one) { return one.info.id == entry.case_id; });
    if (!is_seen && names_a_finding(entry.case_id)) out.push_back(entry);
  }
  return out;
}

/// "507 flows/s in 12 % of the time"
static std::string share_of(Duration played, Duration whole) {
  constexpr double all = 100;
  if (whole <= Duration::zero()) return "";
  return fmt::format(" in {:.0f} % of the time", all * std::min(1.0, std::chrono::duration<double>(played) / whole));
}

std::string figures(fuzz::Progress const& now, Tempo const& tempo) {
  constexpr double least = 0.001;
  auto const seconds = std::max(least, std::chrono::duration<double>(now.running).count());
  auto const cases_a_second = static_cast<double>(now.cases) / seconds;
  auto const share = share_of(now.running, tempo.whole);
  auto const edges = now.edges > 0 ? fmt::format("{} edges, ", now.edges) : "";
  auto const last = tempo.since_new ? fmt::format(", last new {:.0f} s ago", std::chrono::duration<double>(*tempo.since_new).count()) : "";
  auto const sure = now.making_sure_of.empty() ? "" : fmt::format("  making sure of {}", now.making_sure_of);
  auto const found = fmt::format("{} lives  {} found{}{}", now.lives, tempo.found, last, sure);
  if (now.single_messages)
    return fmt::format("#{}  {:.0f} single messages/s{}  {}{} features  corpus {}  {}", now.cases, cases_a_second, share, edges,
                       now.features, now.corpus, found);
  return fmt::format("#{}  {:.0f} flows/s{}  {:.0f} messages/s  {}{} features  corpus {}  {} under way, {} linger  {}", now.cases,
                     cases_a_second, share, static_cast<double>(now.messages) / seconds, edges, now.features, now.corpus,
                     now.under_way - now.lingering, now.lingering, found);
}

}  // namespace tollgate::cli
