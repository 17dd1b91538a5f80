#include "reports/bundle/planned.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

#include "base/text.hpp"
#include "reports/catalogue_digest.hpp"
#include "reports/escape.hpp"
#include "runner/plan.hpp"
#include "trace/json_members.hpp"

namespace tollgate::reports {

namespace json = boost::json;
using trace::as_object;
using trace::list_of;
using trace::object_of;
using trace::text_of;

namespace {

constexpr std::size_t shown = 200;  ///< octets of a text that somebody else wrote

class PlanCheck {
 public:
  PlanCheck(json::object const& plan, json::object const& results, Run const& run, Judge const& judge, Remarks& remarks)
      : plan_(plan), results_(results), planned_(list_of(plan, "cases")), run_(run), judge_(judge), remarks_(remarks) {}

  void compare_with_results() {
    for (auto const* name : {"version", "seed", "sut", "profile"})
      if (differs(plan_, results_, name)) complain(fmt::format("results.json: its {} is not that of plan.json", name));
    if (text_of(plan_, "profile") != text_of(object_of(plan_, "declares"), "bundle"))
      complain("plan.json: its profile is not the bundle that it declares");
    auto const& all = list_of(results_, "cases");
    std::map<std::string, std::uint64_t> repetitions;
    for (std::size_t i = 0; i < std::min(planned_.size(), all.size()); ++i) {
      auto const& one = as_object(planned_[i]);
      auto const id = text_of(one, "id");
      if (id != text_of(as_object(all[i]), "id")) return;  // told by who compares the lists
      compare_case(id, one, as_object(all[i]));
      compare_command(id, text_of(as_object(all[i]), "again"), run_.seed + repetitions[id]++);
    }
  }

  void compare_with_catalogue(Baseline const& baseline) {
    if (run_.catalogue != catalogue_digest(judge_.suite)) {
      remarks_.notes.emplace_back(
          "made with another catalogue of purposes: which cases its arguments choose, and what they are about, is not looked up here");
      return;
    }
    for (auto const& planned : planned_) compare_with_purpose(as_object(planned));
    compare_choice();
    compare_problems(baseline);
  }

 private:
  void complain(std::string complaint) { remarks_.complaints.push_back(std::move(complaint)); }
  [[nodiscard]] bool is_ours() const { return run_.version == judge_.version; }

  /// What a plan of another version does not say holds nobody to it.
  [[nodiscard]] bool differs(json::object const& planned, json::object const& result, std::string_view name) const {
    auto const* expected = planned.if_contains(name);
    auto const* found = result.if_contains(name);
    if (expected == nullptr) return is_ours();
    return found == nullptr || *found != *expected;
  }

  void compare_case(std::string const& id, json::object const& planned, json::object const& result) {
    for (auto const* name : {"purpose", "clause", "strength", "kind", "group", "file", "line", "again"})
      if (differs(planned, result, name)) complain(fmt::format("{}: its {} in results.json is not that of plan.json", id, name));
  }

  /// The arguments behind the seed are the user's.
  void compare_command(std::string const& id, std::string const& again, std::uint64_t seed) {
    auto const begin = fmt::format("tollgate run {} --seed {}", id, seed);
    if (again != begin && !again.starts_with(begin + " "))
      complain(fmt::format("{}: its command to run it again is not '{} ...'", id, begin));
  }

  void compare_with_purpose(json::object const& planned) {
    auto const id = text_of(planned, "id");
    auto const known = std::ranges::find(judge_.suite, id, [](Case const& one) { return legible(one.info.id); });
    if (known == judge_.suite.end()) return complain(fmt::format("{}: planned, but the catalogue has it not", printable(id, shown)));
    auto const& info = known->info;
    for (auto const& [name, is] :
         {std::pair{"purpose", &info.purpose}, {"clause", &info.clause}, {"strength", &info.strength}, {"kind", &info.kind}})
      if (auto const said = text_of(planned, name); said != legible(*is))
        complain(fmt::format("{}: its {} is '{}', but the catalogue has '{}'", id, name, printable(said, shown), *is));
  }

  void compare_choice() {
    if (!plan_.contains("selection")) {
      if (is_ours()) return complain("plan.json does not say which arguments chose its cases, as a run of this version does");
      remarks_.notes.push_back(
          fmt::format("made by tollgate {}: its plan does not say which arguments chose its cases", printable(run_.version, shown)));
      return;
    }
    auto const arguments = printable(tollgate::arguments(run_.selection), shown);
    auto const said = arguments.empty() ? "its arguments choose" : fmt::format("its arguments, {}, choose", arguments);
    if (run_.selection.repeat > std::max<std::size_t>(1, planned_.size()))
      return complain(fmt::format("plan.json: {} more cases than the {} that it has", said, planned_.size()));
    auto const chosen = planned(judge_.suite, run_.selection, run_.seed);
    for (std::size_t i = 0; i < std::max(chosen.size(), planned_.size()); ++i) {
      auto const is = i < chosen.size() ? legible(chosen[i]->info.id) : "nothing";
      auto const was = i < planned_.size() ? text_of(as_object(planned_[i]), "id") : "nothing";
      if (is != was) return complain(fmt::format("plan.json: {} {} as number {}, where it has {}", said, is, i + 1, printable(was, shown)));
    }
  }

  /// A sentence begins with the path that the baseline had.
  void compare_problems(Baseline const& baseline) {
    auto const is = baseline.problems(judge_.suite);
    bool const agrees = std::ranges::equal(is, run_.baseline_problems, [](std::string const& ours, std::string const& theirs) {
      return theirs.ends_with(legible(std::string_view(ours).substr(ours.find(':'))));
    });
    if (!agrees) complain("results.json: its baseline_problems are not those that the baseline has");
  }

  json::object const& plan_;
  json::object const& results_;
  json::array const& planned_;
  Run const& run_;
  Judge const& judge_;
  Remarks& remarks_;
};

}  // namespace

void check_plan(json::object const& plan, json::object const& results, Run const& run, Baseline const& baseline, Judge const& judge,
                Remarks& remarks) {
  PlanCheck check(plan, results, run, judge, remarks);
  check.compare_with_results();
  check.compare_with_catalogue(baseline);
}

}  // namespace tollgate::reports
