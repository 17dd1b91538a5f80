#include "reports/console.hpp"

#include <algorithm>
#include <fmt/ranges.h>
#include <map>
#include <sstream>
#include <utility>

#include "base/text.hpp"
#include "reports/account.hpp"
#include "reports/artefacts.hpp"
#include "reports/escape.hpp"
#include "reports/ladder_text.hpp"
#include "runner/exit_code.hpp"

namespace tollgate::reports {

static constexpr std::size_t sentence_most = 2000;  ///< octets of one line; the reports have the rest

static std::string sentence(std::string_view text) {
  return one_line(capped(text, sentence_most, "see the reports"));
}

static bool needs_a_look(CaseResult const& result) {
  return result.verdict == Verdict::fail || result.verdict == Verdict::inconc || result.verdict == Verdict::error;
}

bool wants_colour(bool is_terminal, char const* no_color, char const* clicolor_force) {
  std::string_view const forbidden = no_color == nullptr ? "" : no_color;
  std::string_view const forced = clicolor_force == nullptr ? "" : clicolor_force;
  if (!forbidden.empty()) return false;
  return is_terminal || (!forced.empty() && forced != "0");
}

std::string Console::painted(Verdict verdict, std::string_view text) const {
  if (!colour_) return std::string(text);
  auto const code = [verdict] {
    switch (verdict) {
      case Verdict::pass: return "32";
      case Verdict::fail: return "1;31";
      case Verdict::inconc: return "33";
      case Verdict::na: return "2";
      case Verdict::known: return "36";
      case Verdict::none:
      case Verdict::error: break;
    }
    return "1;35";
  };
  return fmt::format("\x1b[{}m{}\x1b[0m", code(), text);
}

void Console::begins(Run const& run) {
  out_ << fmt::format("tollgate {}  SUT {}  profile {}  seed {}  out {}\n", sentence(run.version), sentence(run.sut), sentence(run.profile),
                      run.seed, sentence(run.out));
  for (auto const& result : run.cases) id_width_ = std::max(id_width_, result.info.id.size());
  for (auto const& result : run.cases)
    if (result.verdict == Verdict::na) finished(result);
  out_.flush();
}

std::string Console::line_of(CaseResult const& result) const {
  auto const status = painted(result.verdict, fmt::format("{:>9}", word(result.verdict)));
  auto const time = result.verdict == Verdict::na ? std::string(8, ' ') : fmt::format("{:>7}s", seconds(result.duration));
  std::string why;
  if (result.verdict == Verdict::fail)
    why = ": " + reason_of(result);
  else if (result.verdict != Verdict::pass)
    why = ": " + (result.because.empty() ? result.reason : result.because);
  if (result.plays > 1)
    why += fmt::format("; played {} times, {}", result.plays,
                       result.played_alone ? "at last by itself, for others may have held it up" : "for our own lag had left it open");
  auto purpose = result.info.purpose;
  if (!why.empty() && purpose.ends_with('.')) purpose.pop_back();
  auto line = fmt::format("{} [{}] {:<{}}  {}{}\n", status, time, sentence(result.info.id), id_width_, sentence(purpose), sentence(why));
  return detail_ == Detail::verbose && has_artefacts(result) ? line + ladder_text(result.trace, witnesses(result)) : line;
}

/// "CR 6.3.2.8" of "CR 6.3.2.8 (3-5); RFC 3261 10.3".
static std::string first_clause(CaseResult const& result) {
  auto const clause = std::string_view(result.info.clause);
  return clause.empty() ? "no clause" : sentence(trim(clause.substr(0, clause.find_first_of("(,;"))));
}

void Console::finished(CaseResult const& result) {
  if (detail_ == Detail::quiet && !needs_a_look(result)) return;
  if (folds_ == Folds::by_clause && !needs_a_look(result)) {
    folded_[first_clause(result)] += line_of(result);
    return;
  }
  out_ << line_of(result);
  out_.flush();
}

void Console::unfold() {
  for (auto const& [clause, lines] : folded_) out_ << fmt::format("::group::{}\n{}::endgroup::\n", clause, lines);
  folded_.clear();
}

void Console::recap(Run const& run, CaseResult const& result, std::string const& stem) {
  auto const line = [this](std::string_view what, std::string_view text) { out_ << fmt::format("          {:<9} {}\n", what, text); };
  auto const* finding = decisive(result);
  auto const by_monitor = finding != nullptr && finding->rule != result.info.id;
  auto const& clause = finding != nullptr && !finding->clause.empty() ? finding->clause : result.info.clause;
  out_ << fmt::format("{} {}  {}\n", painted(result.verdict, fmt::format("{:>9}", word(result.verdict))), sentence(result.info.id),
                      sentence(clause));
  line("expected", sentence(result.info.purpose));
  line("saw", sentence((by_monitor ? finding->rule + " " + finding->name : result.reason) + ": " + result.because));
  for (auto const& witness : describe_witnesses(result))
    line("witness", fmt::format("{:<4} {:>13}  {:<20} {}", fmt::format("#{}", witness.event), witness.time, witness.way, witness.what));
  for (auto const* other : also_failed(result))
    line("also", sentence(fmt::format("{} {} ({}): {}", other->rule, other->name, other->clause, other->because)));
  if (has_artefacts(result)) {
    Artefacts const files{run.out + "/" + stem};
    line("ladder", sentence(files.ladder()));
    line("pcap", sentence(files.capture()));
    line("trace", sentence(files.trace()));
  }
  line("again", sentence(again(run, result)));
}

/// Cases that did not run, together by the reason why.
void Console::list_unfinished(Run const& run) {
  std::map<std::pair<Verdict, std::string>, std::vector<std::string>> ids;
  for (auto const& result : run.cases)
    if (is_unfinished(result))
      ids[{result.verdict == Verdict::none ? Verdict::error : result.verdict, result.because}].push_back(result.info.id);
  for (auto const& [reason, names] : ids) {
    auto const& [verdict, because] = reason;
    constexpr std::size_t named_most = 8;
    out_ << fmt::format("{} {}: {}\n", painted(verdict, fmt::format("{:>9}", word(verdict))), sentence(few_of(names, named_most)),
                        sentence(because));
  }
}

void Console::ends(Run const& run) {
  unfold();
  auto const counts = count(run);
  out_ << fmt::format("  Summary [{:>7}s] {} run: {}   own lag p99 {} ms, at most {} ms\n", seconds(run.duration), counts.ran(),
                      to_string(counts), milliseconds(run.lag_p99.count()), milliseconds(run.lag_max.count()));
  for (auto const& note : reading_notes(run)) out_ << fmt::format("    {}\n", sentence(note));
  for (auto const& one : run.order)
    if (one.in_order > 0 || !one.refuted_by.empty())
      out_ << fmt::format("    order {:>2} -> {:<2} {}: was in order {} times; {}\n", one.arrow.from, one.arrow.to, one.arrow.says,
                          one.in_order, sentence(describe_order(one)));
  auto const files = artefacts(run);
  for (std::size_t i = 0; i < run.cases.size(); ++i)
    if (needs_a_look(run.cases[i]) && !is_unfinished(run.cases[i])) recap(run, run.cases[i], files[i].stem);
  list_unfinished(run);
  for (auto const& problem : run.baseline_problems) out_ << fmt::format("  baseline {}\n", sentence(problem));
  out_.flush();
}

void Console::exits(int code) {
  auto const meaning = exit_meaning(code);
  out_ << fmt::format("exit {}: {}\n", code, meaning ? meaning->meaning : "not a code that tollgate knows");
  out_.flush();
}

std::string text_report(Run const& run) {
  std::ostringstream out;
  Console console(out, false);
  console.begins(run);
  for (auto const& result : run.cases)
    if (result.verdict != Verdict::na) console.finished(result);
  console.ends(run);
  for (auto const& result : run.cases) {
    if (!needs_a_look(result) || !has_artefacts(result)) continue;
    out << fmt::format("\n{}  {}\n", sentence(result.info.id), sentence(result.info.purpose))
        << ladder_text(result.trace, witnesses(result));
  }
  out << '\n';
  console.exits(run.exit);
  return out.str();
}

}  // namespace tollgate::reports
