#include "reports/bundle/rejudge.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <optional>

#include "reports/results_json.hpp"
#include "reports/stored_run.hpp"
#include "runner/declaration.hpp"
#include "runner/monitoring.hpp"
#include "trace/capture/read_capture.hpp"
#include "trace/json_members.hpp"

namespace tollgate::reports {

namespace json = boost::json;
using trace::as_object;
using trace::list_of;
using trace::object_of;
using trace::text_of;

namespace {

/// What a finding says that may not change: its rule, its verdict and why.
std::vector<std::string> recorded(json::object const& one) {
  std::vector<std::string> lines;
  for (auto const& finding : list_of(one, "findings"))
    if (text_of(as_object(finding), "rule").starts_with('G'))
      lines.push_back(fmt::format("{} {} {}", text_of(as_object(finding), "rule"), text_of(as_object(finding), "verdict"),
                                  text_of(as_object(finding), "because")));
  return lines;
}

std::vector<std::string> judged(trace::Trace const& trace, Declaration const& declared) {
  std::vector<std::string> lines;
  for (auto const& finding : monitored(trace, terms_of(declared), declared.lag))
    lines.push_back(fmt::format("{} {} {}", finding.rule, to_string(finding.verdict), finding.because));
  return lines;
}

class Rejudging {
 public:
  Rejudging(Files const& files, std::string_view version) : files_(files), version_(version) {}

  Rejudged go() {
    auto const plan = document("plan.json"), results = document("results.json");
    if (!plan || !results) return std::move(out_);
    compare(list_of(*plan, "cases"), list_of(*results, "cases"));
    for (auto const& one : list_of(*results, "cases")) judge_case(as_object(one));
    if (text_of(*results, "version") == version_) compare_with_itself();
    return std::move(out_);
  }

 private:
  void complain(std::string complaint) { out_.complaints.push_back(std::move(complaint)); }

  std::optional<json::object> document(std::string const& name) {
    auto const file = files_.find(name);
    if (file == files_.end()) {
      complain(name + " is missing");
      return std::nullopt;
    }
    boost::system::error_code error;
    auto parsed = json::parse(file->second, error);
    if (!error) return as_object(parsed);
    complain(fmt::format("{}: not JSON: {}", name, error.message()));
    return std::nullopt;
  }

  void compare(json::array const& planned, json::array const& results) {
    out_.cases = planned.size();
    for (std::size_t i = 0; i < planned.size(); ++i) {
      auto const id = text_of(as_object(planned[i]), "id");
      if (i >= results.size())
        complain(fmt::format("{}: planned, but results.json has it not", id));
      else if (auto const other = text_of(as_object(results[i]), "id"); other != id)
        return complain(fmt::format("{}: planned as number {}, where results.json has {}", id, i + 1, other));
    }
    // What the run found beside its plan follows: PEERS.
    constexpr std::size_t beside_the_plan = 1;
    if (results.size() > planned.size() + beside_the_plan) complain("results.json has cases that were not planned");
  }

  /// Counts, clauses and the like are made of the cases.
  void compare_with_itself() {
    auto const run = stored_run([this](std::string const& name) {
      auto const file = files_.find(name);
      return file == files_.end() ? std::nullopt : std::optional(file->second);
    });
    if (!run || results_json(*run) != files_.at("results.json"))
      complain("results.json: what it says of the whole does not follow from its cases");
  }

  void judge_case(json::object const& one) {
    auto const id = text_of(one, "id"), verdict = text_of(one, "verdict");
    bool const any_failed =
        std::ranges::any_of(list_of(one, "findings"), [](auto const& finding) { return text_of(as_object(finding), "verdict") == "fail"; });
    if (verdict == "pass" && any_failed) complain(fmt::format("{}: recorded as pass, but a finding of it is fail", id));
    if (verdict == "fail" && !any_failed) complain(fmt::format("{}: recorded as fail, but no finding of it is", id));
    auto const file = files_.find(text_of(object_of(one, "artefacts"), "trace"));
    if (file == files_.end()) {
      if (!text_of(object_of(one, "artefacts"), "trace").empty()) complain(fmt::format("{}: its trace is missing", id));
      return;
    }
    auto const trace = trace::load(file->second);
    if (!trace) return complain(fmt::format("{}: {}: {}", id, file->first, describe(trace.error())));
    judge_trace(id, *trace, one);
    compare_capture(id, file->second, text_of(object_of(one, "artefacts"), "capture"));
  }

  void judge_trace(std::string const& id, trace::Trace const& trace, json::object const& one) {
    auto const declared = declaration_in(trace.facts());
    if (!declared) return complain(fmt::format("{}: its trace declares what cannot be: {}", id, declared.error()));
    ++out_.judged;
    auto const was = recorded(one), is = judged(trace, *declared);
    for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i) {
      auto const a = i < was.size() ? was[i] : "nothing", b = i < is.size() ? is[i] : "nothing";
      if (a != b) return complain(fmt::format("{}: recorded '{}', but its trace gives '{}'", id, a, b));
    }
  }

  void compare_capture(std::string const& id, std::string const& trace, std::string const& name) {
    auto const file = files_.find(name);
    if (file == files_.end()) return complain(fmt::format("{}: its capture is missing", id));
    auto const capture = trace::read_capture(file->second);
    if (!capture) return complain(fmt::format("{}: {}: {}", id, name, describe(capture.error())));
    if (!capture->is_ours || trace::save(capture->trace) != trace) complain(fmt::format("{}: its capture is not that of its trace", id));
  }

  Files const& files_;
  std::string_view version_;
  Rejudged out_;
};

}  // namespace

Rejudged rejudge(Files const& files, std::string_view version) {
  return Rejudging(files, version).go();
}

}  // namespace tollgate::reports
