#include "reports/junit.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>
#include <vector>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/hash.hpp"

namespace tollgate::reports {

namespace {

constexpr std::size_t message_most = 1000;  ///< an attribute is a headline

/// Fit for an attribute.
std::string headline(std::string_view text) {
  return markup(one_line(capped(text, message_most, "cut")));
}

std::string group_of(CaseResult const& result) {
  return result.info.group.empty() ? "cases" : result.info.group;
}

/// Dots make packages in Jenkins, so only ours stay.
std::string class_name(Run const& run, CaseResult const& result) {
  auto const plain = [](std::string text) {
    std::ranges::replace(text, '.', '_');
    return text;
  };
  return fmt::format("tollgate.{}.{}", plain(run.profile), plain(group_of(result)));
}

std::string properties(std::span<std::pair<std::string_view, std::string> const> all, std::string_view indent) {
  std::string xml = fmt::format("{}<properties>\n", indent);
  for (auto const& [name, value] : all) xml += fmt::format("{}  <property name=\"{}\" value=\"{}\"/>\n", indent, name, headline(value));
  return xml + fmt::format("{}</properties>\n", indent);
}

/// Everything that the console says of the case too.
std::string full_text(Run const& run, CaseResult const& result, Artefacts const& files) {
  auto text = fmt::format("{} {}  {}\n{}\n{}: {}\n", word(result.verdict), result.info.id, result.info.clause,
                          capped(result.info.purpose, message_most, "cut"), capped(result.reason, word_most, "cut"),
                          capped(result.because, text_most / 2, "cut"));
  for (auto const& witness : describe_witnesses(result))
    text += fmt::format("witness #{} {} {}  {}\n", witness.event, witness.time, witness.way, witness.what);
  for (auto const* finding : also_failed(result))
    text +=
        fmt::format("also {} {}  {}: {}\n", finding->rule, finding->name, finding->clause, capped(finding->because, message_most, "cut"));
  if (has_artefacts(result))
    text += fmt::format("ladder {0}/{1}\ncapture {0}/{2}\ntrace {0}/{3}\n", run.out, files.ladder(), files.capture(), files.trace());
  text += fmt::format("again {}\n", again(run, result));
  return capped(legible(text), text_most, "see " + one_line(run.out) + "/" + files.trace());
}

struct Outcome {
  std::string_view element;
  std::string_view type;
};

Outcome outcome_of(CaseResult const& result) {
  switch (result.verdict) {
    case Verdict::fail: return {"failure", result.reason == "unexpected pass" ? "xpass" : "fail"};
    case Verdict::inconc: return {"error", "inconc"};
    case Verdict::na: return {"skipped", ""};
    case Verdict::known: return {"skipped", "known: "};
    case Verdict::pass: return {};
    case Verdict::none:
    case Verdict::error: break;
  }
  return {"error", result.finished && result.reason != "incomplete" ? "error" : "incomplete"};
}

std::string outcome_xml(Run const& run, CaseResult const& result, Artefacts const& files) {
  auto const [element, type] = outcome_of(result);
  if (element.empty()) return "";
  auto const& because = result.because.empty() ? result.reason : result.because;
  if (element == "skipped") return fmt::format("      <skipped message=\"{}{}\"/>\n", type, headline(because));
  auto xml =
      fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element, type,
                  headline(capped(reason_of(result), message_most / 2, "cut") + ": " + because), markup(full_text(run, result, files)));
  if (has_artefacts(result))
    xml += fmt::format("      <system-out>[[ATTACHMENT|{}/{}]]\n</system-out>\n", headline(run.out), files.ladder());
  return xml;
}

/// Numbers of a suite or of all.
struct Totals {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  Duration time{};

  void add(CaseResult const& result) {
    auto const element = outcome_of(result).element;
    ++tests;
    failures += element == "failure" ? 1 : 0;
    errors += element == "error" ? 1 : 0;
    skipped += element == "skipped" ? 1 : 0;
    time += std::max(result.duration, Duration::zero());
  }
  [[nodiscard]] std::string attributes() const {
    return fmt::format(R"(tests="{}" failures="{}" errors="{}" skipped="{}" time="{}")", tests, failures, errors, skipped, seconds(time));
  }
};

struct Suite {
  std::string name;
  Totals totals;
  std::vector<std::size_t> cases;
};

std::vector<Suite> suites_of(Run const& run) {
  std::vector<Suite> suites;
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    auto const name = group_of(run.cases[i]);
    auto suite = std::ranges::find(suites, name, &Suite::name);
    if (suite == suites.end()) suite = suites.insert(suites.end(), Suite{name, {}, {}});
    suite->totals.add(run.cases[i]);
    suite->cases.push_back(i);
  }
  return suites;
}

}  // namespace

std::string testcase_xml(Run const& run, CaseResult const& result, Artefacts const& files) {
  auto const& info = result.info;
  auto name = info.id + " " + info.purpose;
  if (files.time > 1) name += fmt::format(" (run {})", files.time);  // GitLab drops the second of two equal names
  std::string const position = info.line > 0 ? fmt::format(" line=\"{}\"", info.line) : "";
  auto xml =
      fmt::format("    <testcase name=\"{}\" classname=\"{}\" file=\"{}\"{} time=\"{}\">\n", headline(name),
                  headline(class_name(run, result)), headline(info.file), position, seconds(std::max(result.duration, Duration::zero())));
  std::pair<std::string_view, std::string> const facts[] = {{"clause", info.clause},
                                                            {"purpose", info.purpose},
                                                            {"strength", info.strength},
                                                            {"verdict", std::string(to_string(result.verdict))},
                                                            {"causal", info.kind == "causal" ? "true" : "false"}};
  xml += properties(facts, "      ");
  return xml + outcome_xml(run, result, files) + "    </testcase>\n";
}

/// A baseline that is out of date makes the run red (exit 5), so that a reader of this file alone must see why.
static std::string baseline_xml(Run const& run, std::string_view timestamp) {
  auto const& all = run.baseline_problems;
  if (all.empty()) return "";
  auto xml = fmt::format("  <testsuite name=\"{0}\" tests=\"{1}\" failures=\"{1}\" errors=\"0\" skipped=\"0\" time=\"0.000\"{2}>\n",
                         baseline_suite, all.size(), timestamp);
  for (std::size_t i = 0; i < all.size(); ++i)
    xml += fmt::format(
        "    <testcase name=\"{0} entry {1}\" classname=\"{0}\" time=\"0.000\">\n      <failure message=\"{2}\" type=\"stale\"/>\n    "
        "</testcase>\n",
        baseline_suite, i + 1, headline(all[i]));
  return xml + "  </testsuite>\n";
}

std::string junit_xml(Run const& run, std::span<std::string const> testcases) {
  Totals all;
  for (auto const& result : run.cases) all.add(result);
  all.tests += run.baseline_problems.size();
  all.failures += run.baseline_problems.size();
  // Simulated time begins at 0, and its schemas ask for a time.
  auto const timestamp = fmt::format(" timestamp=\"{}\"", run.started_at.empty() ? "1970-01-01T00:00:00Z" : headline(run.started_at));
  std::string xml =
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tollgate\" {}{}>\n", all.attributes(), timestamp);
  std::vector<std::pair<std::string_view, std::string>> facts{
      {"tollgate", run.version}, {"seed", fmt::format("{}", run.seed)}, {"sut", run.sut}, {"profile", run.profile}};
  if (!run.catalogue.empty()) facts.emplace_back("catalogue", run.catalogue);
  facts.emplace_back("ics", sha256(fmt::format("{}\n", fmt::join(run.ics, "\n"))));
  if (!run.inferred.empty()) facts.emplace_back("inferred", shown_reading(run));
  if (auto fits = fitting(run); !fits.empty()) facts.emplace_back("fits", std::move(fits));
  if (auto differs = departure_from_declared(run); !differs.empty()) facts.emplace_back("differs", std::move(differs));
  for (auto const& note : reading_notes(run)) facts.emplace_back("reading", note);
  for (auto const& suite : suites_of(run)) {
    xml += fmt::format("  <testsuite name=\"{}\" {}{}>\n", headline(suite.name), suite.totals.attributes(), timestamp);
    xml += properties(facts, "    ");
    for (auto const index : suite.cases) xml += testcases[index];
    xml += "  </testsuite>\n";
  }
  return xml + baseline_xml(run, timestamp) + "</testsuites>\n";
}

std::string junit_xml(Run const& run) {
  auto const files = artefacts(run);
  std::vector<std::string> testcases;
  for (std::size_t i = 0; i < run.cases.size(); ++i) testcases.push_back(testcase_xml(run, run.cases[i], files[i]));
  return junit_xml(run, testcases);
}

}  // namespace tollgate::reports
