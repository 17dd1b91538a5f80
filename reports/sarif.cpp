#include "reports/sarif.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/json_text.hpp"

namespace tollgate::reports {

namespace json = boost::json;

namespace {

/// SARIF 2.1.0, 3.27.10; "" for what is no result.
std::string_view level_of(CaseResult const& result) {
  switch (result.verdict) {
    case Verdict::fail: return result.info.strength == "rfc-should" ? "warning" : "error";
    case Verdict::error: return "error";
    case Verdict::known: return "note";
    case Verdict::inconc: return "warning";
    default: return "";
  }
}

json::object rule_of(CaseInfo const& info) {
  return {{"id", info.id},
          {"shortDescription", {{"text", info.purpose}}},
          {"fullDescription", {{"text", fmt::format("{} ({}, {})", info.purpose, info.clause, info.strength)}}},
          {"properties", {{"tags", json::array{info.group, info.kind, info.strength}}}}};
}

/// Where the case is written: code scanning shows nothing without a place.
json::array locations_of(CaseInfo const& info) {
  return {json::object{{"physicalLocation",
                        {{"artifactLocation", {{"uri", info.file.empty() ? "tollgate" : info.file}}},
                         {"region", {{"startLine", info.line > 0 ? info.line : 1}}}}}}};
}

json::object result_of(Run const& run, CaseResult const& result, std::size_t rule) {
  constexpr std::size_t text_most = 4000;
  auto const because = capped(result.because, text_most, "cut");
  json::object out{
      {"ruleId", result.info.id},
      {"ruleIndex", rule},
      {"level", level_of(result)},
      {"kind", result.verdict == Verdict::inconc ? "review" : "fail"},
      {"message", {{"text", fmt::format("{} Again: {}", because, again(run, result))}}},
      {"locations", locations_of(result.info)},
      {"partialFingerprints", {{"tollgate/v1", fmt::format("{} {}", result.info.id, capped(result.reason, word_most, "cut"))}}}};
  if (result.verdict == Verdict::inconc) out["level"] = "none";  // 3.27.10: only a fail has another
  if (result.verdict == Verdict::known)
    out["suppressions"] = json::array{json::object{{"kind", "external"}, {"justification", "known by the baseline"}}};
  return out;
}

}  // namespace

std::string sarif(Run const& run) {
  json::array rules, results;
  for (auto const& result : run.cases) {
    if (level_of(result).empty()) continue;
    results.push_back(result_of(run, result, rules.size()));
    rules.push_back(rule_of(result.info));
  }
  constexpr int most_bad = 3;
  bool const is_whole = run.exit < most_bad;
  json::object const document{
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs",
       json::array{json::object{
           {"tool", {{"driver", {{"name", "tollgate"}, {"version", run.version}, {"rules", std::move(rules)}}}}},
           {"invocations", json::array{json::object{{"executionSuccessful", is_whole}, {"exitCode", run.exit}}}},
           {"automationDetails", {{"id", fmt::format("tollgate/{}/", run.profile)}}},
           {"properties", {{"sut", run.sut}, {"seed", fmt::format("{}", run.seed)}, {"reading", json::value_from(reading_notes(run))}}},
           {"columnKind", "utf16CodeUnits"},
           {"results", std::move(results)}}}}};
  return json_text(document);
}

}  // namespace tollgate::reports
