#include "fuzz/finding/finding_folder.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "fuzz/finding/sequence_length.hpp"
#include "fuzz/finding/stand_alone/stand_alone.hpp"
#include "reports/ladder_svg.hpp"
#include "reports/ladder_text.hpp"
#include "reports/run_folder.hpp"
#include "runner/secrets.hpp"
#include "trace/capture/pcapng.hpp"

namespace tollgate::fuzz {

Played const* told_by(FindingFacts const& facts) {
  auto const& played = facts.seen.played;
  auto const shows = [&](Played const& one) {
    return std::ranges::any_of(one.result.findings, [&](auto const& f) {
      return f.verdict == Verdict::fail && problem_of(f, one.result.trace).bucket == facts.problem.bucket;
    });
  };
  auto const failing = std::ranges::find_if(played, shows);
  if (failing != played.end()) return &*failing;
  return played.empty() ? nullptr : &played.back();
}

namespace {

/// As it was launched, its secrets blanked as in sut.toml.
std::string command_of(SutFile const& server) {
  auto words = server.launch;
  auto const hidden = blanked(words);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (hidden[i]) words[i] = *hidden[i];
  return words.empty() ? "" : fmt::format("$ {}\n", fmt::join(words, " "));
}

std::string readme(FindingFacts const& facts) {
  auto const& problem = facts.problem;
  auto const sent = messages_sent(facts.seen.played);
  std::string changes;
  for (auto const& flow : facts.repro.flows)
    for (auto const& change : flow.changes) changes += fmt::format("    {}: {}\n", flow.base, to_text(change));
  return fmt::format(
      "# {}\n\n"
      "{}\n"
      "Seen on {}, {} of {} times on a fresh server, after {} flow{} in which we send {} message{}.\n"
      "`tollgate repro .` in this folder plays it again; so does `./repro.sh`, which needs bash, Debian's perl-base and these files.\n\n"
      "Changes:\n\n{}"
      "\n| file | what it holds |\n|---|---|\n"
      "| `repro.toml` | the flows and their changes; `tollgate repro`, `tollgate minimize` and `tollgate run --scenarios` read it |\n"
      "| `repro.sh` `player.pl` `live_values.pl` `steps.txt` | what plays it without tollgate: `./repro.sh --times 5`, or `./repro.sh "
      "ADDRESS` of a server |\n"
      "| `messages/` | what crossed the wire, in order, as octets and as text; `to-` is what the server sent |\n"
      "| `trace.jsonl` `capture.pcapng` `ladder.svg` `ladder.txt` | the last flow, for tollgate, Wireshark, a browser and a terminal |\n"
      "| `server.log` | what the server printed |\n{}",
      problem.name(), problem.says, facts.server.name, facts.reproduced, facts.times, facts.repro.flows.size(),
      facts.repro.flows.size() == 1 ? "" : "s", sent, sent == 1 ? "" : "s", changes.empty() ? "    none\n" : changes,
      problem.report.empty() ? "" : "| `report.txt` | the sanitizer's report |\n");
}

void write_played(std::filesystem::path const& folder, FindingFacts const& facts, Played const& played) {
  auto const& trace = played.result.trace;
  std::vector<trace::EventId> witnesses;
  for (auto const& finding : played.result.findings)
    if (finding.verdict == Verdict::fail) witnesses.insert(witnesses.end(), finding.witnesses.begin(), finding.witnesses.end());
  write_stand_alone(folder, facts.problem, facts.server,
                    {.flows = facts.seen.played,
                     .capabilities = facts.seen.capabilities,
                     .unchanged = facts.seen.unchanged ? &*facts.seen.unchanged : nullptr});
  reports::write_file(folder / "trace.jsonl", trace::save(trace));
  reports::write_file(folder / "capture.pcapng", trace::pcapng(trace, {.comment = facts.problem.name()}));
  reports::write_file(folder / "ladder.svg", reports::ladder_svg(trace, facts.problem.says, witnesses));
  reports::write_file(folder / "ladder.txt", reports::ladder_text(trace, witnesses));
}

}  // namespace

/// repro.toml comes last: a folder that has it is whole.
void write_finding(std::filesystem::path const& folder, FindingFacts const& facts) {
  std::filesystem::create_directories(folder);
  reports::write_file(folder / "README.md", readme(facts));
  reports::write_file(folder / "server.log", command_of(facts.server) + facts.seen.output);
  if (!facts.problem.report.empty()) reports::write_file(folder / "report.txt", facts.problem.report);
  if (auto const* const played = told_by(facts); played != nullptr) write_played(folder, facts, *played);
  auto repro = facts.repro;
  repro.reproduced = facts.reproduced;
  repro.times = facts.times;
  reports::write_file(folder / "repro.toml", to_toml(repro));
}

}  // namespace tollgate::fuzz
