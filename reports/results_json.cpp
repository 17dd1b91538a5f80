#include "reports/results_json.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/artefacts.hpp"
#include "reports/clauses.hpp"
#include "reports/escape.hpp"
#include "reports/json_text.hpp"

namespace tollgate::reports {

namespace json = boost::json;

static double in_seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

static json::object to_json(Finding const& finding) {
  return {{"rule", finding.rule},
          {"verdict", to_string(finding.verdict)},
          {"name", finding.name},
          {"clause", finding.clause},
          {"reason", capped(finding.reason, word_most, "cut")},
          {"because", capped(finding.because, text_most, "cut")},
          {"witnesses", json::value_from(finding.witnesses)}};
}

/// "none" is the harness's word for a case that has not spoken; outside there are six verdicts.
static std::string_view public_verdict(Verdict verdict) {
  return to_string(verdict == Verdict::none ? Verdict::error : verdict);
}

std::string case_json(Run const& run, CaseResult const& result, Artefacts const& files) {
  auto const& info = result.info;
  json::array findings;
  for (auto const& finding : result.findings) findings.push_back(to_json(finding));
  json::object artefacts;
  if (has_artefacts(result)) artefacts = {{"trace", files.trace()}, {"capture", files.capture()}, {"ladder", files.ladder()}};
  json::object line{
      {"id", info.id},
      {"verdict", public_verdict(result.verdict)},
      {"reason", capped(result.reason, word_most, "cut")},
      {"clause", info.clause},
      {"strength", info.strength},
      {"kind", info.kind},
      {"duration_s", in_seconds(result.duration)},
      {"findings", std::move(findings)},
      {"artefacts", std::move(artefacts)},
      {"because", capped(result.because, text_most, "cut")},
      {"purpose", info.purpose},
      {"group", info.group},
      {"file", info.file},
      {"line", info.line},
      {"again", again(run, result)},
      {"lag_max_ms", in_seconds(result.lag) * 1e3},
      {"plays", result.plays},
      {"finished", result.finished},
  };
  if (!info.not_built.empty()) line["not_built"] = info.not_built;
  return json_text(line);
}

/// The members before the cases, one a line.
static std::string head(json::object const& members) {
  std::string text = "{\n";
  for (auto const& [key, value] : members) text += fmt::format("  \"{}\": {},\n", std::string_view(key), json_text(value));
  return text;
}

static std::string with_cases(json::object const& members, std::span<std::string const> cases) {
  std::string text = head(members) + "  \"cases\": [";
  std::size_t size = text.size();
  for (auto const& line : cases) size += line.size() + std::string_view(",\n    ").size();
  text.reserve(size + std::string_view("\n  ]\n}\n").size());
  std::string_view separator = "\n    ";
  for (auto const& line : cases) {
    text += separator;
    text += line;
    separator = ",\n    ";
  }
  return text + "\n  ]\n}\n";
}

static json::object selection(Run const& run) {
  auto const& from = run.selection;
  return {{"select", json::value_from(from.prefixes)},
          {"filter", from.filter},
          {"level", from.level},
          {"partition", from.partition ? from.partition->text() : ""},
          {"repeat", from.repeat},
          {"shuffle", from.is_shuffled}};
}

static json::array order(Run const& run) {
  json::array out;
  for (auto const& one : run.order)
    out.push_back(json::object{{"from", one.arrow.from},
                               {"to", one.arrow.to},
                               {"says", one.arrow.says},
                               {"was_in_order", one.in_order},
                               {"is_ordered", to_string(is_ordered(one))},
                               {"proved_by", json::value_from(one.proved_by)},
                               {"refuted_by", json::value_from(one.refuted_by)}});
  return out;
}

static json::array clauses(Run const& run, std::span<Artefacts const> files) {
  json::array out;
  for (auto const& row : clause_table(run)) {
    json::array purposes;
    for (auto const i : row.cases) {
      auto const& result = run.cases[i];
      purposes.push_back(json::object{
          {"id", result.info.id}, {"verdict", to_string(result.verdict)}, {"evidence", has_artefacts(result) ? files[i].trace() : ""}});
    }
    out.push_back(
        json::object{{"clause", row.clause}, {"says", row.says}, {"verdict", to_string(row.verdict)}, {"purposes", std::move(purposes)}});
  }
  return out;
}

std::string results_json(Run const& run, std::span<std::string const> cases, std::span<Artefacts const> files) {
  auto const counts = count(run);
  json::object inferred;
  for (auto const& [axis, value] : run.inferred) inferred[axis] = value;
  json::object members{
      {"tool", "tollgate"},
      {"version", run.version},
      {"seed", run.seed},
      {"sut", run.sut},
      {"profile", run.profile},
      {"inferred", std::move(inferred)},
      {"exit", run.exit},
      {"summary", json::object{{"pass", counts.pass},
                               {"fail", counts.fail},
                               {"inconc", counts.inconc},
                               {"error", counts.error},
                               {"na", counts.na},
                               {"known", counts.known}}},
      {"started_at", run.started_at},
      {"duration_s", in_seconds(run.duration)},
      {"lag_p99_ms", in_seconds(run.lag_p99) * 1e3},
      {"lag_max_ms", in_seconds(run.lag_max) * 1e3},
      {"fits", json::value_from(run.fits)},
      {"reading", json::value_from(reading_notes(run))},
      {"baseline_problems", json::value_from(run.baseline_problems)},
      {"order", order(run)},
      {"clauses", clauses(run, files)},
  };
  return with_cases(members, cases);
}

std::string results_json(Run const& run) {
  auto const files = artefacts(run);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < run.cases.size(); ++i) lines.push_back(case_json(run, run.cases[i], files[i]));
  return results_json(run, lines, files);
}

std::string plan_json(Run const& run) {
  std::vector<std::string> lines;
  for (auto const& result : run.cases) {
    auto const& info = result.info;
    json::object line{{"id", info.id},          {"purpose", info.purpose},    {"clause", info.clause}, {"strength", info.strength},
                      {"kind", info.kind},      {"group", info.group},        {"file", info.file},     {"line", info.line},
                      {"profile", run.profile}, {"again", again(run, result)}};
    if (!info.not_built.empty()) line["not_built"] = info.not_built;
    if (result.verdict == Verdict::na) line["na"] = capped(result.because, text_most, "cut");
    lines.push_back(json_text(line));
  }
  json::object declares;
  for (auto const& [name, value] : run.declares) declares[name] = value;
  json::object members{{"tool", "tollgate"},
                       {"version", run.version},
                       {"seed", run.seed},
                       {"sut", run.sut},
                       {"profile", run.profile},
                       {"folder", run.out},
                       {"catalogue", run.catalogue},
                       {"selection", selection(run)},
                       {"ics", json::value_from(run.ics)},
                       {"declares", std::move(declares)}};
  if (!run.day.empty()) members["day"] = run.day;
  return with_cases(members, lines);
}

}  // namespace tollgate::reports
