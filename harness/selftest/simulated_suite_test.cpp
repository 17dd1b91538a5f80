// The whole suite in simulated time: what the faultless server, its legal variants and every fault give, and that the same
// seed gives the same octets.
#include <gmock/gmock.h>

#include "runner/matrix.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"
#include "scenarios/suite.hpp"

namespace tollgate {
namespace {

using refserver::Credit;
using refserver::Debit;
using refserver::Release;
using refserver::Units;

std::vector<CaseResult> run(SimulatedOptions const& options, Profile const& profile = {}) {
  static std::vector<Case> const suite = built_in_suite();
  auto const plan = select(suite, {});
  auto results = plan_results(plan, profile);
  run_simulated(plan, results, options, [](CaseResult&) {});
  return results;
}

void expect_all_pass(std::vector<CaseResult> const& results, std::string const& where) {
  for (auto const& result : results)
    EXPECT_TRUE(result.verdict == Verdict::pass || result.verdict == Verdict::na)
        << where << ": " << result.info.id << " is " << to_string(result.verdict) << ": " << result.reason << ": " << result.because;
}

std::string traces(std::vector<CaseResult> const& results) {
  std::string all;
  for (auto const& result : results) all += trace::save(result.trace);
  return all;
}

TEST(SimulatedSuite, TheSameSeedGivesTheSameOctets) {
  for (std::uint64_t const seed : {1U, 2U, 0xfeedU}) {
    auto const once = traces(run({.seed = seed}));
    EXPECT_GT(once.size(), 10'000U);
    EXPECT_EQ(once, traces(run({.seed = seed}))) << "seed " << seed;
    EXPECT_NE(once, traces(run({.seed = seed + 1}))) << "seed " << seed;
  }
}

TEST(SimulatedSuite, PassesOverUdpAndTcpOnAnyNetworkThatLosesNothing) {
  for (auto const transport : {trace::Transport::udp, trace::Transport::tcp})
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      SimulatedOptions options{.seed = seed, .sip_transport = transport};
      expect_all_pass(run(options), "calm");
      options.conditions = {.delay = 100us, .jitter = 2ms, .split_most = 7};
      expect_all_pass(run(options), "jitter and split");
    }
}

/// The further purposes of scenarios/candidates, which no fault has been held to yet.
TEST(SimulatedSuite, TheReferenceServerPassesTheCandidates) {
  auto const candidates = load_scenarios(TOLLGATE_SOURCE_DIR "/scenarios/candidates");
  ASSERT_TRUE(candidates) << candidates.error().text();
  EXPECT_GE(candidates->size(), 100U);
  Profile const declared = filled({}, {});
  auto const plan = select(*candidates, {});
  auto results = plan_results(plan, declared);
  run_simulated(plan, results, {.seed = 1}, [](CaseResult&) {});
  expect_all_pass(results, "candidate");
}

/// SIP repeats what is lost (RFC 3261 17); the cases that watch a silence still hear nothing.
TEST(SimulatedSuite, PassesOverUdpThatLosesDatagrams) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    expect_all_pass(run({.seed = seed, .conditions = {.drop_permille = 20}}), "seed " + std::to_string(seed));
}

TEST(SimulatedSuite, EveryLegalReadingPassesUnderItsBundle) {
  struct Variant {
    refserver::Profile server;
    Profile declared;
  };
  Variant const variants[] = {
      {{Debit::first, Credit::ecur, Units::sent, Release::loose}, {.bundle = "CR-FIRST"}},
      {{Debit::all, Credit::ecur, Units::sent, Release::strict}, {.bundle = "CR-ALL"}},
      {{Debit::all, Credit::ecur, Units::sent, Release::loose}, {.bundle = "CR-LIST"}},
      {{Debit::all, Credit::ecur, Units::ok, Release::loose}, {.bundle = "3GPP-ECUR", .units = "ok"}},
      {{Debit::each, Credit::ecuru, Units::sent, Release::loose}, {.bundle = "CR-EACH"}},
      {{Debit::each, Credit::split, Units::sent, Release::loose}, {.bundle = "CR-EACH", .credit = "split"}},
      {{Debit::pre, Credit::ecur, Units::sent, Release::loose}, {.bundle = "CR-NOTE", .debit = "pre"}},
  };
  for (auto const& variant : variants) {
    SimulatedOptions const options{.server_profile = variant.server, .profile = variant.declared};
    expect_all_pass(run(options, variant.declared), variant.declared.bundle);
  }
}

TEST(SimulatedSuite, AServerThatDebitsAfterAllOutcomesFailsTwelveStepWithTheBundleThatAllowsIt) {
  auto const results = run({.server_profile = {.debit = Debit::all}});
  for (auto const& result : results) {
    if (result.info.id != "ORD-12") {
      EXPECT_EQ(result.verdict, Verdict::pass) << result.info.id << ": " << result.because;
      continue;
    }
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_EQ(result.reason, "missing debit_units");
    EXPECT_THAT(result.because, testing::HasSubstr("CR-ALL"));
  }
}

TEST(DetectionMatrix, EveryFaultIsCaughtForItsReasonAndTheFaultlessServerPasses) {
  auto const suite = built_in_suite();
  auto const clean = matrix_row(suite, std::nullopt, 1);
  EXPECT_TRUE(clean.detected) << testing::PrintToString(clean.problems);
  for (auto const& row : refserver::catalogue()) {
    auto const judged = matrix_row(suite, row.fault, 1);
    EXPECT_TRUE(judged.detected) << row.name << testing::PrintToString(judged.problems);
  }
}

/// The words that a user reads: the withheld answer, both event numbers.
TEST(DetectionMatrix, M01IsExplainedByTheWithheldAnswer) {
  auto const results = run({.faults = {refserver::Fault::M01_invite_before_answer}});
  auto const ord_03 = std::ranges::find(results, "ORD-03", [](auto const& r) { return r.info.id; });
  ASSERT_NE(ord_03, results.end());
  EXPECT_EQ(ord_03->verdict, Verdict::fail);
  EXPECT_THAT(ord_03->because, testing::ContainsRegex("#[0-9]+ INVITE was received .* while the answer to #[0-9]+ "
                                                      "reserve_units was withheld"));
  auto const& witnesses = ord_03->findings.front().witnesses;
  ASSERT_EQ(witnesses.size(), 2U);
  EXPECT_EQ(ord_03->trace.at(witnesses[0]).meaning.name, "reserve_units");
  EXPECT_EQ(ord_03->trace.at(witnesses[1]).meaning.name, "INVITE");
}

}  // namespace
}  // namespace tollgate
