#include "reports/bundle/recorded_case.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reports/escape.hpp"
#include "runner/conclusion.hpp"
#include "runner/declaration.hpp"
#include "runner/monitoring.hpp"
#include "trace/json_members.hpp"

namespace tollgate::reports {

namespace json = boost::json;
using trace::as_object;
using trace::list_of;
using trace::text_of;

namespace {

/// As `results.json` has a reason, and a sentence.
std::string reason_text(std::string_view text) {
  return legible(capped(text, word_most, "cut"));
}
std::string sentence_text(std::string_view text) {
  return legible(capped(text, text_most, "cut"));
}

/// What a finding says that may not change.
std::string line(std::string_view rule, std::string_view verdict, std::string_view reason, std::string_view because,
                 std::vector<std::int64_t> const& witnesses) {
  return fmt::format("{} {} {} {}{}", rule, verdict, reason, because,
                     witnesses.empty() ? "" : fmt::format(" (#{})", fmt::join(witnesses, " #")));
}

std::vector<std::string> recorded_lines(json::object const& recorded) {
  std::vector<std::string> lines;
  for (auto const& one : list_of(recorded, "findings")) {
    auto const& finding = as_object(one);
    std::vector<std::int64_t> witnesses;
    for (auto const& witness : list_of(finding, "witnesses")) witnesses.push_back(witness.is_int64() ? witness.get_int64() : 0);
    lines.push_back(
        line(text_of(finding, "rule"), text_of(finding, "verdict"), text_of(finding, "reason"), text_of(finding, "because"), witnesses));
  }
  return lines;
}

std::vector<std::string> lines_of(std::vector<Finding> const& findings) {
  std::vector<std::string> lines;
  for (auto const& finding : findings)
    lines.push_back(line(legible(finding.rule), to_string(finding.verdict), reason_text(finding.reason), sentence_text(finding.because),
                         {finding.witnesses.begin(), finding.witnesses.end()}));
  return lines;
}

std::optional<std::string> first_difference(std::vector<std::string> const& was, std::vector<std::string> const& is) {
  for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i) {
    auto const a = i < was.size() ? was[i] : "nothing", b = i < is.size() ? is[i] : "nothing";
    if (a != b) return fmt::format("recorded '{}', but its trace gives '{}'", a, b);
  }
  return std::nullopt;
}

/// A monitor's verdict on the steps there is none: what can be held against the trace is whose it is, and its witnesses.
std::optional<std::string> wrong_steps(std::optional<Finding> const& steps, std::string const& id, trace::Trace const& trace) {
  if (!steps) return "its trace does not say what its steps found, as a run of this version keeps it";
  if (legible(steps->rule) != id) return fmt::format("its trace is that of {}", printable(steps->rule, 64));
  for (auto const witness : steps->witnesses)
    if (witness == 0 || witness > trace.events().size())
      return fmt::format("its steps name #{} as a witness, which its trace does not have", witness);
  return std::nullopt;
}

std::optional<std::string> wrong_facts(trace::Facts const& facts, trace::Facts const& declares) {
  for (auto const& [name, value] : declares) {
    auto const at = facts.find(name);
    if (at == facts.end() || at->second != value)
      return fmt::format("its trace declares {} {}, but the plan {}", name, at == facts.end() ? "not" : printable(at->second, 40),
                         printable(value, 40));
  }
  return std::nullopt;
}

std::string summary(std::string_view verdict, std::string_view reason) {
  return reason.empty() ? std::string(verdict) : fmt::format("{}: {}", verdict, reason);
}

std::optional<std::string> wrong_verdict(json::object const& recorded, CaseResult const& is) {
  auto const was = summary(text_of(recorded, "verdict"), text_of(recorded, "reason"));
  auto const found = summary(to_string(is.verdict == Verdict::none ? Verdict::error : is.verdict), reason_text(is.reason));
  if (was != found) return fmt::format("recorded as '{}', but its trace gives '{}'", was, found);
  bool const names_a_file = is.reason == "unexpected pass";  // of the baseline, by the path that it had
  if (names_a_file || text_of(recorded, "because") == sentence_text(is.because)) return std::nullopt;
  return fmt::format("recorded because '{}', but its trace gives '{}'", text_of(recorded, "because"), sentence_text(is.because));
}

}  // namespace

std::optional<std::string> disagreement(json::object const& recorded, trace::Trace const& trace, Agreed const& agreed) {
  auto const declared = declaration_in(trace.facts());
  if (!declared) return fmt::format("its trace declares what cannot be: {}", declared.error());
  CaseResult is;
  is.info.id = text_of(recorded, "id");
  if (auto wrong = wrong_steps(declared->steps, is.info.id, trace)) return wrong;
  if (auto wrong = wrong_facts(trace.facts(), agreed.declares)) return wrong;
  is.findings = {*declared->steps};
  for (auto& finding : monitored(trace, terms_of(*declared), declared->lag)) is.findings.push_back(std::move(finding));
  if (auto wrong = first_difference(recorded_lines(recorded), lines_of(is.findings))) return wrong;
  auto conclusion = concluded(is.findings, trace);
  is.verdict = conclusion.verdict;
  is.reason = std::move(conclusion.reason);
  is.because = std::move(conclusion.because);
  agreed.baseline.apply(is);
  return wrong_verdict(recorded, is);
}

std::optional<std::string> disagreement_without_trace(json::object const& recorded, Agreed const& agreed) {
  auto const verdict = text_of(recorded, "verdict"), reason = text_of(recorded, "reason");
  if (verdict == "pass") return "recorded as pass, but it has no trace";
  if (verdict != "fail" && verdict != "known") return std::nullopt;
  if (reason != "SUT ended" && reason != "not ready") return fmt::format("recorded as {}, but it has no trace", verdict);
  CaseResult is;
  is.info.id = text_of(recorded, "id");
  is.verdict = Verdict::fail;
  is.reason = reason;
  is.because = text_of(recorded, "because");
  agreed.baseline.apply(is);
  if (verdict == to_string(is.verdict)) return std::nullopt;
  return fmt::format("recorded as {}, but the baseline makes it {}", verdict, to_string(is.verdict));
}

}  // namespace tollgate::reports
