#include "reports/bundle/told_verdicts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <pugixml.hpp>

#include "base/text.hpp"
#include "reports/account.hpp"
#include "reports/artefacts.hpp"
#include "reports/escape.hpp"
#include "reports/html/case_row.hpp"
#include "reports/html/frame.hpp"
#include "reports/junit.hpp"

namespace tollgate::reports {

namespace {

constexpr std::size_t shown = 100;  ///< octets of what somebody else wrote

/// What is told of each case, in the order of the plan: by id, because each form groups them in its own way.
using Told = std::map<std::string, std::vector<std::string>>;

std::vector<std::string> differences(std::string_view file, Told const& told, Told const& is) {
  std::vector<std::string> out;
  for (auto const& [id, outcomes] : is) {
    auto const found = told.find(id);
    if (found == told.end() || found->second.size() < outcomes.size()) {
      out.push_back(fmt::format("{}: it does not tell of {}", file, id));
      continue;
    }
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      if (found->second[i] != outcomes[i])
        out.push_back(
            fmt::format("{}: it tells {} of {}, but its verdict is {}", file, printable(found->second[i], shown), id, outcomes[i]));
  }
  for (auto const& [id, outcomes] : told)
    if (auto const known = is.find(id); known == is.end() || known->second.size() < outcomes.size())
      out.push_back(fmt::format("{}: it tells of {}, which results.json has not", file, printable(id, shown)));
  return out;
}

/// Readers of JUnit know these four.
std::string outcome_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass: return "passed";
    case Verdict::fail: return "failure";
    case Verdict::na:
    case Verdict::known: return "skipped";
    default: return "error";
  }
}

/// As readers take it: an error before a failure, and either before what is skipped.
std::string outcome_of(pugi::xml_node testcase) {
  for (auto const* element : {"error", "failure", "skipped"})
    if (testcase.child(element)) return element;
  return "passed";
}

std::size_t count_of(pugi::xml_node within, char const* element) {
  return within.select_nodes(fmt::format(".//testcase{}", *element == '\0' ? "" : fmt::format("[{}]", element)).c_str()).size();
}

void check_counts(pugi::xml_node suite, std::vector<std::string>& out) {
  for (auto const& [attribute, element] : {std::pair{"tests", ""}, {"failures", "failure"}, {"errors", "error"}, {"skipped", "skipped"}})
    if (auto const is = count_of(suite, element); std::string_view(suite.attribute(attribute).value()) != fmt::format("{}", is))
      out.push_back(fmt::format("junit.xml: {} {} in {}, but it has {}", printable(suite.attribute(attribute).value(), shown), attribute,
                                printable(suite.attribute("name").value(), shown), is));
}

/// The text between `before` and `after`, behind `at`, which moves on; "" at the end.
std::string_view between(std::string_view text, std::string_view before, std::string_view after, std::size_t& at) {
  at = text.find(before, at);
  if (at == std::string_view::npos) return "";
  at += before.size();
  auto const end = text.find(after, at);
  return text.substr(at, end == std::string_view::npos ? 0 : end - at);
}

}  // namespace

std::vector<std::string> wrong_in_junit(std::string const& xml, Run const& run) {
  pugi::xml_document document;
  if (auto const parsed = document.load_string(xml.c_str()); !parsed) return {fmt::format("junit.xml: not XML: {}", parsed.description())};
  Told told, is;
  for (auto const& found : document.select_nodes("//testcase")) {
    std::string_view const name = found.node().attribute("name").value();
    told[std::string(name.substr(0, name.find(' ')))].push_back(outcome_of(found.node()));
  }
  for (auto const& result : run.cases) is[one_line(result.info.id)].push_back(outcome_of(result.verdict));
  for ([[maybe_unused]] auto const& problem : run.baseline_problems) is[std::string(baseline_suite)].emplace_back("failure");
  auto out = differences("junit.xml", told, is);
  for (auto const& suite : document.select_nodes("//testsuites|//testsuite")) check_counts(suite.node(), out);
  return out;
}

std::vector<std::string> wrong_in_page(std::string const& html, Run const& run) {
  Told told, is;
  std::size_t at = 0;
  for (;;) {
    auto const look = between(html, R"(<details class=")", "\"", at);
    if (at == std::string_view::npos) break;
    auto const rest = std::string_view(html).substr(at + look.size(), shown);
    constexpr std::string_view id = R"(" id=")";
    if (!rest.starts_with(id)) continue;  // not the row of a case
    auto const name = rest.substr(id.size(), rest.find('"', id.size()) - id.size());
    auto const said = between(html, R"(<span class="verdict">)", "<", at);
    told[std::string(name)].push_back(fmt::format("{} {}", look, said));
  }
  auto const files = artefacts(run);
  for (std::size_t i = 0; i < files.size(); ++i)
    is[std::string(anchor(files[i]))].push_back(fmt::format("{} {}", class_of(run.cases[i].verdict), word(run.cases[i].verdict)));
  auto out = differences("index.html", told, is);
  auto const counts = count(run);
  if (auto const top = fmt::format("{} of {} cases ran: {}.", counts.ran(), run.cases.size(), to_string(counts)); !html.contains(top))
    out.push_back(fmt::format("index.html: it does not say at its top '{}'", top));
  return out;
}

std::vector<std::string> missing_files(Files const& files, Run const& run) {
  std::vector<std::string> names{"index.html", "junit.xml", "sut.toml", "tollgate.log"};
  auto const artefacts = reports::artefacts(run);
  for (std::size_t i = 0; i < artefacts.size(); ++i)
    if (has_artefacts(run.cases[i])) names.push_back(artefacts[i].ladder());
  std::erase_if(names, [&](auto const& name) { return files.contains(name); });
  return names;
}

}  // namespace tollgate::reports
