#include "reports/sarif.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "reports/account.hpp"
#include "reports/escape.hpp"
#include "reports/json_text.hpp"

namespace tollgate::reports {

namespace json = boost::json;

namespace {

constexpr std::size_t text_most = 4000;

/// Whether the clause is kept (SARIF 2.1.0, 3.27.9). An error of our own leaves it open, as what could not be judged does.
std::string_view kind_of(CaseResult const& result) {
  switch (result.verdict) {
    case Verdict::pass: return "pass";
    case Verdict::fail:
    case Verdict::known: return "fail";
    case Verdict::na: return "notApplicable";
    default: return "open";
  }
}

/// Only a fail has one (3.27.10).
std::string_view level_of(CaseResult const& result) {
  if (result.verdict == Verdict::known) return "note";
  if (result.verdict != Verdict::fail) return "none";
  return result.info.strength == "rfc-should" ? "warning" : "error";
}

/// A clause is a rule, and the cases that judge it are its results.
std::string clause_of(CaseInfo const& info) {
  return info.clause.empty() ? info.id : info.clause;
}

class Rules {
 public:
  std::size_t index_of(CaseInfo const& info) {
    auto const [place, is_new] = index_.try_emplace(clause_of(info), cases_.size());
    if (is_new) cases_.emplace_back();
    cases_[place->second].push_back(&info);
    return place->second;
  }

  [[nodiscard]] json::array taken() const {
    json::array out(cases_.size());
    for (auto const& [clause, index] : index_) out[index] = rule(clause, cases_[index]);
    return out;
  }

 private:
  static json::object rule(std::string const& clause, std::vector<CaseInfo const*> const& cases) {
    std::string purposes;
    std::set<std::string> tags;
    for (auto const* const one : cases) {
      purposes += fmt::format("{}{}: {}", purposes.empty() ? "" : " ", one->id, one->purpose);
      for (auto const& tag : {one->group, one->kind, one->strength})
        if (!tag.empty()) tags.insert(tag);
    }
    return {{"id", clause},
            {"shortDescription", {{"text", clause}}},
            {"fullDescription", {{"text", capped(purposes, text_most, "cut")}}},
            {"properties", {{"tags", json::value_from(tags)}}}};
  }

  std::map<std::string, std::size_t> index_;
  std::vector<std::vector<CaseInfo const*>> cases_;
};

std::string as_sentence(std::string text) {
  while (text.ends_with(' ') || text.ends_with('\n')) text.pop_back();
  bool const is_closed = text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
  return text.empty() || is_closed ? text : text + ".";
}

std::string message_of(Run const& run, CaseResult const& result) {
  auto const& says = result.verdict == Verdict::pass || result.because.empty() ? result.info.purpose : result.because;
  auto text = fmt::format("{}: {}", result.info.id, as_sentence(capped(says, text_most, "cut")));
  bool const is_over = result.verdict == Verdict::pass || result.verdict == Verdict::na;
  return is_over ? text : fmt::format("{} Again: {}", text, again(run, result));
}

/// Where the case is written: code scanning shows nothing without a place.
json::array locations_of(CaseInfo const& info) {
  return {json::object{{"physicalLocation",
                        {{"artifactLocation", {{"uri", info.file.empty() ? "tollgate" : info.file}}},
                         {"region", {{"startLine", info.line > 0 ? info.line : 1}}}}}}};
}

json::object result_of(Run const& run, CaseResult const& result, std::size_t rule) {
  json::object out{
      {"ruleId", clause_of(result.info)},
      {"ruleIndex", rule},
      {"level", level_of(result)},
      {"kind", kind_of(result)},
      {"message", {{"text", message_of(run, result)}}},
      {"locations", locations_of(result.info)},
      {"partialFingerprints", {{"tollgate/v1", fmt::format("{} {}", result.info.id, capped(result.reason, word_most, "cut"))}}},
      {"properties", {{"case", result.info.id}, {"verdict", to_string(result.verdict)}}}};
  if (result.verdict == Verdict::known)
    out["suppressions"] = json::array{json::object{{"kind", "external"}, {"justification", "known by the baseline"}}};
  return out;
}

/// Errors of our own, and of the baseline: they say nothing of the server.
json::array notifications_of(Run const& run) {
  json::array out;
  for (auto const& problem : run.baseline_problems)
    out.push_back(
        {{"level", "error"}, {"message", {{"text", fmt::format("baseline: {}", as_sentence(capped(problem, text_most, "cut")))}}}});
  for (auto const& result : run.cases)
    if (result.verdict == Verdict::error) out.push_back({{"level", "error"}, {"message", {{"text", message_of(run, result)}}}});
  return out;
}

}  // namespace

std::string sarif(Run const& run) {
  Rules rules;
  json::array results;
  for (auto const& result : run.cases) results.push_back(result_of(run, result, rules.index_of(result.info)));
  constexpr int most_bad = 3;
  bool const is_whole = run.exit < most_bad;
  json::object const document{
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs",
       json::array{json::object{
           {"tool", {{"driver", {{"name", "tollgate"}, {"version", run.version}, {"rules", rules.taken()}}}}},
           {"invocations",
            json::array{json::object{
                {"executionSuccessful", is_whole}, {"exitCode", run.exit}, {"toolExecutionNotifications", notifications_of(run)}}}},
           {"automationDetails", {{"id", fmt::format("tollgate/{}/", run.profile)}}},
           {"properties", {{"sut", run.sut}, {"seed", fmt::format("{}", run.seed)}, {"reading", json::value_from(reading_notes(run))}}},
           {"columnKind", "utf16CodeUnits"},
           {"results", std::move(results)}}}}};
  return json_text(document);
}

}  // namespace tollgate::reports
