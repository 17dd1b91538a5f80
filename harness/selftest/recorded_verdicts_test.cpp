// What `tollgate judge` says of a recorded run is what the run said: of its traces and of its captures, for every rule, over the
// whole suite and with every fault.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "refserver/faults_by_section.hpp"
#include "runner/conclusion.hpp"
#include "runner/declaration.hpp"
#include "runner/monitoring.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"
#include "scenarios/suite.hpp"
#include "trace/capture/pcapng.hpp"
#include "trace/capture/read_capture.hpp"

namespace tollgate {

namespace {

/// One line a rule, without the case's own verdict, which its steps give.
std::vector<std::string> lines_of(std::vector<Finding> const& findings) {
  std::vector<std::string> lines;
  for (auto const& finding : findings)
    if (finding.rule.starts_with('G'))
      lines.push_back(fmt::format("{} {} {} {} {}", finding.rule, to_string(finding.verdict), finding.name, finding.because,
                                  fmt::join(finding.witnesses, " ")));
  return lines;
}

std::vector<std::string> judged(trace::Trace const& trace) {
  auto const declared = declaration_in(trace.facts());
  if (!declared) return {declared.error()};
  return lines_of(monitored(trace, terms_of(*declared), declared->lag));
}

/// Of the steps, as the trace keeps them, and of the monitors, made once more.
std::string concluded_again(trace::Trace const& trace) {
  auto const declared = declaration_in(trace.facts());
  if (!declared || !declared->steps) return "the trace does not say";
  auto findings = monitored(trace, terms_of(*declared), declared->lag);
  findings.insert(findings.begin(), *declared->steps);
  auto const conclusion = concluded(findings, trace);
  return fmt::format("{} {} {}", to_string(conclusion.verdict), conclusion.reason, conclusion.because);
}

void expect_same_verdicts_when_read_back(CaseResult const& result, std::string const& with) {
  if (result.trace.empty()) return;
  auto const live = lines_of(result.findings);
  ASSERT_FALSE(live.empty());
  auto const trace = trace::load(trace::save(result.trace));
  ASSERT_TRUE(trace) << describe(trace.error());
  EXPECT_EQ(judged(*trace), live) << result.info.id << with;
  EXPECT_EQ(concluded_again(*trace), fmt::format("{} {} {}", to_string(result.verdict), result.reason, result.because))
      << result.info.id << with;
  auto const capture = trace::read_capture(trace::pcapng(result.trace));
  ASSERT_TRUE(capture) << result.info.id << with << ": " << describe(capture.error());
  EXPECT_TRUE(capture->is_ours);
  EXPECT_EQ(judged(capture->trace), live) << result.info.id << with;
}

std::vector<CaseResult> run(std::vector<Case> const& suite, SimulatedOptions options) {
  options.load_percent = 5;
  auto const plan = select(suite, {});
  auto results = plan_results(plan, filled({}, options.server_profile));
  run_simulated(plan, results, options, {.finished = [](CaseResult&) {}});
  return results;
}

TEST(RecordedVerdicts, AreThoseOfTheRunOverTheWholeSuite) {
  auto const results = run(built_in_suite(), {.seed = 3});
  EXPECT_GT(results.size(), 200U);
  for (auto const& result : results) expect_same_verdicts_when_read_back(result, "");
}

struct Section {
  char const* name;
  std::vector<refserver::FaultRow> (*faults)();
};

void PrintTo(Section const& section, std::ostream* out) {
  *out << section.name;
}

class RecordedFaults : public testing::TestWithParam<Section> {};

TEST_P(RecordedFaults, AreJudgedAsInTheRun) {
  auto const whole = built_in_suite();
  for (auto const& fault : GetParam().faults()) {
    std::vector<Case> suite;
    std::ranges::copy_if(whole, std::back_inserter(suite), [&](Case const& one) {
      return std::ranges::find(fault.detectors, one.info.id, &refserver::Detector::case_id) != fault.detectors.end();
    });
    for (auto const& result : run(suite, {.seed = 1, .faults = {fault.fault}, .server_profile = fault.profile}))
      expect_same_verdicts_when_read_back(result, fmt::format(" with {}", fault.name));
  }
}

INSTANTIATE_TEST_SUITE_P(RecordedVerdicts, RecordedFaults,
                         testing::Values(Section{"ordering", refserver::ordering_faults},
                                         Section{"reservation", refserver::reservation_faults}, Section{"credit", refserver::credit_faults},
                                         Section{"debit", refserver::debit_faults}, Section{"diameter", refserver::diameter_faults},
                                         Section{"sip", refserver::sip_faults}, Section{"msrp", refserver::msrp_faults},
                                         Section{"concurrency", refserver::concurrency_faults},
                                         Section{"robustness", refserver::robustness_faults}),
                         [](auto const& section) { return std::string(section.param.name); });

}  // namespace
}  // namespace tollgate
