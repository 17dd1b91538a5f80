/// A scenario file is refused with file:line:column, or it plays against the reference server without a harness error.
#include "fuzz/support/file_place.hpp"
#include "fuzz/support/target.hpp"
#include "runner/plan.hpp"
#include "runner/scenario/scenario.hpp"
#include "runner/simulated_run.hpp"

using namespace tollgate;
using fuzz::require;

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = fuzz::text(data, size);
  auto scenario = read_scenario("any.xml", text);
  if (!scenario) {
    require(fuzz::is_place_in(scenario.error().where, "any.xml", text), "refused at " + scenario.error().where);
    require(!scenario.error().what.empty(), "refused without a reason");
    return 0;
  }
  if (scenario->flows.size() > 4 || scenario->flows.front().steps.size() > 32) return -1;  // as many say no more
  std::vector<Case> const suite{to_case(std::move(*scenario))};
  auto const plan = select(suite, {});
  auto results = plan_results(plan, {});
  run_simulated(plan, results, {}, {.finished = [](CaseResult&) {}});
  for (auto const& result : results) {
    require(result.finished, "a scenario did not end");
    require(result.verdict != Verdict::error, "a harness error: " + result.reason + ": " + result.because);
    require(trace::load(trace::save(result.trace)).has_value(), "its trace cannot be loaded");
  }
  return 0;
}
