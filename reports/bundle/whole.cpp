#include "reports/bundle/whole.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <iterator>
#include <set>

#include "base/text.hpp"
#include "reports/artefacts.hpp"
#include "reports/bundle/pictures.hpp"
#include "reports/bundle/told_verdicts.hpp"
#include "reports/results_json.hpp"
#include "runner/exit_code.hpp"
#include "runner/summing_up.hpp"

namespace tollgate::reports {

namespace json = boost::json;

/// The run was ended before its cases had: no verdict gives that.
static bool is_end_of_run(int exit) {
  constexpr int deadline = 124, interrupted = 130;
  return exit == exit_unreachable || exit == deadline || exit == interrupted;
}

/// Another version draws in its own way, but it has the same verdicts to tell.
static void check_told(Files const& files, Run const& run, Remarks& remarks) {
  remarks.notes.push_back(fmt::format(
      "made by tollgate {}: of its page and JUnit the verdicts and counts are compared; their other words and the ladders are not",
      printable(run.version, 40)));
  if (auto const page = files.find("index.html"); page != files.end())
    std::ranges::move(wrong_in_page(page->second, run), std::back_inserter(remarks.complaints));
  if (auto const junit = files.find("junit.xml"); junit != files.end())
    std::ranges::move(wrong_in_junit(junit->second, run), std::back_inserter(remarks.complaints));
}

void check_whole(Files const& files, json::object const& results, Run run, Declaration const& declared, Judge const& judge,
                 Remarks& remarks) {
  auto& complaints = remarks.complaints;
  if (!is_end_of_run(run.exit) && run.exit != exit_code(run))
    complaints.push_back(fmt::format("results.json: exit {}, but its verdicts give {}", run.exit, exit_code(run)));
  sum_up(run, declared.profile, declared.timers);
  auto const text = results_json(run);
  auto const again = json::parse(text);
  auto const before = complaints.size();
  for (auto const* name : {"summary", "inferred", "fits", "reading", "order", "clauses"})
    if (auto const* said = results.if_contains(name); said == nullptr || *said != again.at(name))
      complaints.push_back(fmt::format("results.json: its '{}' does not follow from its cases and traces", name));
  for (auto const& name : missing_files(files, run)) complaints.push_back(name + " is missing, and a run leaves it");
  if (run.version != judge.version) return check_told(files, run, remarks);
  if (complaints.size() == before && text != files.at("results.json"))
    complaints.emplace_back("results.json: what it says is not written as this version writes it");
  std::ranges::move(pictures_of_something_else(files, run), std::back_inserter(complaints));
}

void complete(Files& files, Run run) {
  auto const declared = declaration_in(run.declares);
  if (!declared) return;  // `verify` says what is wrong with it
  sum_up(run, declared->profile, declared->timers);
  run.exit = exit_code(run);
  files["results.json"] = results_json(run);
  for (auto& [name, drawn] : pictures_of(run)) files[name] = drawn;
  std::set<std::string> named;
  auto const names = artefacts(run);
  for (std::size_t i = 0; i < run.cases.size(); ++i)
    if (has_artefacts(run.cases[i])) named.insert({names[i].trace(), names[i].capture(), names[i].ladder()});
  std::erase_if(files, [&](auto const& file) { return file.first.starts_with("tests/") && !named.contains(file.first); });
}

}  // namespace tollgate::reports
