#include "reports/github.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "base/text.hpp"
#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/mermaid.hpp"
#include "runner/exit_code.hpp"

namespace tollgate::reports {

namespace {

/// Markdown with HTML in it: entities for both kinds of markup, and nothing that ends a cell of a table.
std::string cell(std::string_view text) {
  std::string out;
  for (char const c : markup(one_line(capped(text, text_most, "cut")))) {
    bool const means_something = std::string_view("|*_`[]~\\").contains(c);
    out += means_something ? fmt::format("&#{};", static_cast<int>(c)) : std::string(1, c);
  }
  return out;
}

/// A block that shows text as it is: its fence is longer than any in it.
std::string fenced(std::string_view language, std::string_view text) {
  std::string fence = "```";
  while (text.contains(fence)) fence += '`';
  return fmt::format("{}{}\n{}\n{}\n", fence, language, text, fence);
}

/// Fails first, then our own errors, then what could not be judged; else in the order of the plan.
std::vector<CaseResult const*> worst_first(Run const& run) {
  std::vector<CaseResult const*> bad;
  for (auto const verdict : {Verdict::fail, Verdict::error, Verdict::inconc})
    for (auto const& result : run.cases)
      if (result.verdict == verdict) bad.push_back(&result);
  return bad;
}

std::string counts_table(Run const& run) {
  auto const counts = count(run);
  return fmt::format("| pass | fail | inconc | error | n/a | known |\n|---:|---:|---:|---:|---:|---:|\n| {} | {} | {} | {} | {} | {} |\n\n",
                     counts.pass, counts.fail, counts.inconc, counts.error, counts.na, counts.known);
}

std::string failure(Run const& run, CaseResult const& result) {
  auto text = fmt::format("### {} {}: {}\n\n{}\n\n**{}** ({})\n\n", word(result.verdict), cell(result.info.id), cell(result.info.purpose),
                          cell(result.because), cell(result.info.clause), cell(result.info.strength));
  for (auto const& witness : describe_witnesses(result))
    text += fmt::format("- `#{}` {} {} **{}**\n", witness.event, cell(witness.time), cell(witness.way), cell(witness.what));
  if (!result.trace.empty()) text += "\n" + fenced("mermaid", mermaid(result.trace, witnesses(result)));
  return text + "\n" + fenced("", one_line(again(run, result))) + "\n";
}

std::string rest(Run const& run) {
  std::string text = "<details><summary>All cases</summary>\n\n| case | verdict | purpose | clause |\n|---|---|---|---|\n";
  for (auto const& result : run.cases)
    text += fmt::format("| {} | {} | {} | {} |\n", cell(result.info.id), word(result.verdict), cell(result.info.purpose),
                        cell(result.info.clause));
  return text + "\n</details>\n";
}

/// A value of a workflow command; `is_property` ones end at a comma or colon.
std::string command_text(std::string_view text, bool is_property) {
  auto out = replaced(replaced(replaced(legible(text), "%", "%25"), "\r", "%0D"), "\n", "%0A");
  return is_property ? replaced(replaced(std::move(out), ":", "%3A"), ",", "%2C") : out;
}

constexpr std::size_t annotation_most = 4000;

std::string annotation(Run const& run, CaseResult const& result) {
  auto const kind = result.verdict == Verdict::inconc ? "warning" : "error";
  auto const place =
      result.info.file.empty() ? "" : fmt::format("file={},line={},", command_text(result.info.file, true), std::max(result.info.line, 1));
  return fmt::format(
      "::{} {}title={}::{}\n", kind, place, command_text(result.info.id + " " + result.info.clause, true),
      command_text(capped(fmt::format("{}: {}\nagain: {}", reason_of(result), result.because, again(run, result)), annotation_most, "cut"),
                   false));
}

}  // namespace

std::string github_summary(Run const& run) {
  auto const meaning = exit_meaning(run.exit);
  auto text = fmt::format("## tollgate: {}\n\nSUT {}, profile {}, seed {}, exit {}{}\n\n", to_string(count(run)), cell(run.sut),
                          cell(run.profile), run.seed, run.exit, meaning ? fmt::format(": {}", meaning->meaning) : "");
  for (auto const& problem : run.baseline_problems) text += fmt::format("**baseline** {}\n\n", cell(problem));
  for (auto const& note : reading_notes(run)) text += cell(note) + "\n\n";
  text += counts_table(run);
  std::size_t left_out = 0;
  auto const all = rest(run);
  for (auto const* result : worst_first(run)) {
    auto const one = failure(run, *result);
    if (text.size() + one.size() + std::min(all.size(), summary_max / 2) < summary_max)
      text += one;
    else
      ++left_out;
  }
  if (left_out > 0) text += fmt::format("{} more have no room here; results.json has them.\n\n", left_out);
  return text.size() + all.size() < summary_max ? text + all : text;
}

std::string github_annotations(Run const& run) {
  std::string text;
  for (std::string_view const kind : {"::error ", "::warning "}) {
    std::vector<std::string> lines;
    if (kind == "::error ")
      for (auto const& problem : run.baseline_problems)
        lines.push_back(fmt::format("{}title=baseline::{}\n", kind, command_text(capped(problem, annotation_most, "cut"), false)));
    for (auto const* result : worst_first(run))
      if (auto line = annotation(run, *result); line.starts_with(kind)) lines.push_back(std::move(line));
    bool const are_too_many = lines.size() > annotations_max;
    auto const shown = are_too_many ? annotations_max - 1 : lines.size();
    for (std::size_t i = 0; i < shown; ++i) text += lines[i];
    if (are_too_many) text += fmt::format("{}title=tollgate::{} more, see the summary of the step\n", kind, lines.size() - shown);
  }
  return text;
}

}  // namespace tollgate::reports
