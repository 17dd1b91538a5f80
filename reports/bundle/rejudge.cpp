#include "reports/bundle/rejudge.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <deque>
#include <fmt/format.h>
#include <optional>
#include <set>

#include "reports/bundle/beside_the_plan.hpp"
#include "reports/bundle/planned.hpp"
#include "reports/bundle/recorded_case.hpp"
#include "reports/bundle/whole.hpp"
#include "reports/escape.hpp"
#include "reports/results_json.hpp"
#include "reports/run_folder.hpp"
#include "reports/stored_run.hpp"
#include "runner/declaration.hpp"
#include "runner/plan.hpp"
#include "runner/sut_file.hpp"
#include "runner/sut_text.hpp"
#include "trace/capture/read_capture.hpp"
#include "trace/json_members.hpp"

namespace tollgate::reports {

namespace json = boost::json;
using trace::as_object;
using trace::list_of;
using trace::object_of;
using trace::text_of;

namespace {

class Rejudging {
 public:
  Rejudging(Files const& files, Judge const& judge) : files_(files), judge_(judge) {}

  Rejudged go() {
    auto const plan = document("plan.json"), results = document("results.json");
    if (!plan || !results) return std::move(out_);
    if (!read_agreed(*plan)) return std::move(out_);
    auto const &planned = list_of(*plan, "cases"), &all = list_of(*results, "cases");
    compare(planned, all);
    for (std::size_t i = 0; i < std::min(planned.size(), all.size()); ++i) judge_case(as_object(planned[i]), as_object(all[i]));
    look_for_files_of_no_case(all);
    if (auto run = stored_run(reader_of(files_))) {
      compare_beside_the_plan(all, planned.size(), *run);
      check_plan(*plan, *results, *run, agreed_.baseline, judge_, out_);
      check_whole(files_, *results, std::move(*run), declared_, judge_, out_);
    } else {
      complain(run.error());
    }
    return std::move(out_);
  }

 private:
  void complain(std::string complaint) { out_.complaints.push_back(std::move(complaint)); }

  [[nodiscard]] std::optional<std::string> file(std::string const& name) const {
    auto const at = files_.find(name);
    return at == files_.end() ? std::nullopt : std::optional(at->second);
  }

  std::optional<json::object> document(std::string const& name) {
    auto const octets = file(name);
    if (!octets) {
      complain(name + " is missing");
      return std::nullopt;
    }
    boost::system::error_code error;
    auto parsed = json::parse(*octets, error);
    if (!error) return as_object(parsed);
    complain(fmt::format("{}: not JSON: {}", name, error.message()));
    return std::nullopt;
  }

  /// What the plan was made with.
  bool read_agreed(json::object const& plan) {
    for (auto const& [name, value] : object_of(plan, "declares"))
      if (value.is_string()) agreed_.declares[std::string(name)] = std::string(value.get_string());
    for (auto const& claim : list_of(plan, "ics"))
      if (claim.is_string()) claims_.emplace(claim.get_string());
    auto const declared = declaration_in(agreed_.declares);
    if (agreed_.declares.empty() || !declared) {
      complain(declared ? "plan.json does not say with what ICS and profile it was made, as a run of this version does"
                        : fmt::format("plan.json declares what cannot be: {}", declared.error()));
      return false;
    }
    declared_ = *declared;
    compare_sut(plan);
    auto const name = std::string(baseline_name);
    auto const baseline = Baseline::read(name, file(name).value_or(""), text_of(plan, "day"));
    if (!baseline) {
      complain(baseline.error().text());
      return false;
    }
    agreed_.baseline = *baseline;
    return true;
  }

  void compare_sut(json::object const& plan) {
    auto const text = file("sut.toml").value_or("");
    auto const name = text_of(plan, "sut");
    if (auto const sut = read_sut_file("sut.toml", text)) {
      if (sut->claims != claims_) complain("plan.json was made with another ICS than sut.toml has");
      if (legible(sut->name) != name) complain("plan.json is of another SUT than sut.toml");
      return;
    }
    SutFile const embedded{.name = name, .ixit = declared_.timers, .profile = declared_.profile, .claims = claims_};
    bool const is_embedded = text.contains("\n[embedded]\n") && text_of(plan, "version") == judge_.version;
    if (is_embedded && text != effective_text(embedded)) complain("sut.toml: not what held for the embedded server that plan.json names");
    if (!is_embedded && !text.empty())
      out_.notes.emplace_back("sut.toml is no SUT file of this version: it is not compared with plan.json");
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
  }

  /// Why the case is not applicable. Of a purpose that we do not know, because it is a user's own or another version's, only the plan
  /// can say it.
  [[nodiscard]] std::optional<std::string> exclusion_of(json::object const& planned, std::string const& id) const {
    auto const known = std::ranges::find(judge_.suite, id, [](auto const& one) -> auto const& { return one.info.id; });
    if (known != judge_.suite.end()) return not_applicable(*known, declared_.profile, claims_);
    auto const said = text_of(planned, "na");
    return said.empty() ? std::nullopt : std::optional(said);
  }

  void judge_case(json::object const& planned, json::object const& one) {
    auto const id = text_of(one, "id"), verdict = text_of(one, "verdict"), because = text_of(one, "because");
    auto const trace_name = text_of(object_of(one, "artefacts"), "trace");
    auto const why = exclusion_of(planned, id);
    if (why && (verdict != "na" || because != legible(*why) || !trace_name.empty()))
      return complain(fmt::format("{}: recorded as {}, but it is not applicable: {}", id, verdict, *why));
    if (why) return;
    if (!trace_name.empty()) return judge_traced(id, trace_name, one);
    if (verdict == "na") return complain(fmt::format("{}: recorded as na, but neither the ICS nor the profile excludes it", id));
    if (auto const wrong = disagreement_without_trace(one, agreed_)) complain(fmt::format("{}: {}", id, *wrong));
  }

  void judge_traced(std::string const& id, std::string const& name, json::object const& one) {
    auto const octets = file(name);
    if (!octets) return complain(fmt::format("{}: its trace is missing", id));
    auto trace = trace::load(*octets);
    if (!trace) return complain(fmt::format("{}: {}: {}", id, name, describe(trace.error())));
    traces_.push_back(std::move(*trace));
    of_cases_.push_back({id, &traces_.back()});
    ++out_.judged;
    if (auto const wrong = disagreement(one, traces_.back(), agreed_)) return complain(fmt::format("{}: {}", id, *wrong));
    compare_capture(id, *octets, text_of(object_of(one, "artefacts"), "capture"));
  }

  void compare_capture(std::string const& id, std::string const& trace, std::string const& name) {
    auto const octets = file(name);
    if (!octets) return complain(fmt::format("{}: its capture is missing", id));
    auto const capture = trace::read_capture(*octets);
    if (!capture) return complain(fmt::format("{}: {}: {}", id, name, describe(capture.error())));
    if (!capture->is_ours || trace::save(capture->trace) != trace) complain(fmt::format("{}: its capture is not that of its trace", id));
  }

  void compare_beside_the_plan(json::array const& all, std::size_t planned, Run const& run) {
    auto found = beside_the_plan(files_, run, of_cases_, out_.complaints);
    for (std::size_t i = planned; i < all.size(); ++i) {
      auto const& one = as_object(all[i]);
      auto const id = text_of(one, "id");
      auto const at = found.find(id);
      if (at == found.end()) {
        complain(fmt::format("{}: not planned, and the traces do not give it", id));
        continue;
      }
      compare_added(one, at->second, run);
      found.erase(at);
    }
    for (auto const& [id, result] : found)
      complain(fmt::format("{}: results.json has it not, but the traces give it: {}", id, result.because));
  }

  void compare_added(json::object const& one, CaseResult const& is, Run const& run) {
    auto const again = json::parse(case_json(run, is, {}));
    for (auto const* name : {"verdict", "reason", "because", "findings", "clause", "strength", "kind", "purpose", "group", "again"})
      if (auto const* said = one.if_contains(name); said == nullptr || *said != again.at(name))
        complain(fmt::format("{}: its '{}' is not what the traces give", is.info.id, name));
    auto const artefacts = object_of(one, "artefacts");
    auto const octets = trace::save(is.trace);
    if (file(text_of(artefacts, "trace")) != octets) complain(fmt::format("{}: its trace is not what the traces give", is.info.id));
    compare_capture(is.info.id, octets, text_of(artefacts, "capture"));
  }

  void look_for_files_of_no_case(json::array const& all) {
    std::set<std::string> named;
    for (auto const& one : all)
      for (auto const* kind : {"trace", "capture", "ladder"})
        if (auto const name = text_of(object_of(as_object(one), "artefacts"), kind); !name.empty() && !named.insert(name).second)
          complain(fmt::format("{}: two cases of results.json name it", name));
    for (auto const& [name, octets] : files_)
      if (name.starts_with("tests/") && !named.contains(name)) complain(fmt::format("{}: no case of results.json has it", name));
  }

  Files const& files_;
  Judge const& judge_;
  Agreed agreed_;
  Claims claims_;
  Declaration declared_;
  std::deque<trace::Trace> traces_;            ///< stay where they are
  std::vector<rules::CaseTrace> of_cases_;
  Rejudged out_;
};

}  // namespace

Rejudged rejudge(Files const& files, Judge const& judge) {
  return Rejudging(files, judge).go();
}

}  // namespace tollgate::reports
