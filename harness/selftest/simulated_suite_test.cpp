// The whole suite in simulated time: what the faultless server, its legal variants and every fault give, and that the same
// seed gives the same octets.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <regex>
#include <set>

#include "refserver/faults_by_section.hpp"
#include "runner/bundle.hpp"
#include "runner/matrix.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"
#include "scenarios/suite.hpp"
#include "trace/ladder.hpp"

namespace tollgate {

namespace refserver {
void PrintTo(FaultRow const& row, std::ostream* out) {
  *out << row.name;
}
}  // namespace refserver

namespace {

using refserver::Credit;
using refserver::Debit;
using refserver::Release;
using refserver::Units;
using testing::IsEmpty;

/// Without the cases of load and of hostile input, which take as long as all the others.
Selection const quick{.filter = "*-RB-*:ML-*:RC-11"};

std::vector<CaseResult> run(SimulatedOptions options, Profile const& profile = {}, Selection const& selection = {}) {
  options.load_percent = 5;
  static std::vector<Case> const suite = built_in_suite();
  auto const plan = select(suite, selection);
  auto results = plan_results(plan, filled(profile, options.server_profile));
  run_simulated(plan, results, options, {.finished = [](CaseResult&) {}});
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
  std::uint64_t const seed = 0xfeed;
  auto const once = traces(run({.seed = seed}, {}, quick));
  EXPECT_GT(once.size(), 10'000U);
  EXPECT_EQ(once, traces(run({.seed = seed}, {}, quick)));
  EXPECT_NE(traces(run({.seed = seed}, {}, {.prefixes = {"ORD"}})), traces(run({.seed = seed + 1}, {}, {.prefixes = {"ORD"}})));
}

/// What a case of a run did, the command that runs it again does alone: the same users, the same choices.
TEST(SimulatedSuite, ACaseDrawsTheSameAloneAsAmongOthers) {
  auto const sent = [](std::vector<CaseResult> const& results, std::string_view id) {
    auto const result = std::ranges::find(results, id, [](auto const& r) -> auto const& { return r.info.id; });
    std::string all;
    for (auto const& e : result->trace.events())
      if (e.kind == trace::Kind::message && e.direction == trace::Direction::sent && e.meaning.status == 0)
        all += fmt::format("{} {}\n", e.party, e.meaning.call_id);
    return all;
  };
  auto const among = run({.seed = 7}, {}, {.prefixes = {"REG", "ORD", "RX"}});
  for (std::string const id : {"ORD-02", "RX-01", "RX-11"}) {
    auto const alone = sent(run({.seed = 7}, {}, {.prefixes = {id}}), id);
    EXPECT_THAT(alone, testing::HasSubstr("sip:user"));
    EXPECT_EQ(sent(among, id), alone) << id;
  }
}

TEST(SimulatedSuite, PassesOverUdpAndTcpOnAnyNetworkThatLosesNothing) {
  for (auto const transport : {trace::Transport::udp, trace::Transport::tcp}) {
    SimulatedOptions options{.seed = 1, .ways = {.sip = transport}};
    options.conditions = {.delay = 100us, .jitter = 2ms, .split_most = 7};
    expect_all_pass(run(options, {}, {.prefixes = {"ORD", "CV", "DBT", "MS", "BYE"}}), "jitter and split");
  }
}

/// TLS draws random numbers that no seed gives: they change no octet inside it, and no time.
TEST(SimulatedSuite, PassesOverTlsAndGivesTheSameOctetsAgain) {
  SimulatedOptions options{.seed = 3, .ways = {.sip = trace::Transport::tls, .ch2 = trace::Transport::tls, .ip = 6}};
  options.conditions = {.delay = 100us, .jitter = 2ms, .split_most = 50};
  Selection const selection{.prefixes = {"ORD", "INV", "BYE", "DW"}};
  auto const results = run(options, {}, selection);
  expect_all_pass(results, "TLS");
  EXPECT_EQ(traces(results), traces(run(options, {}, selection)));
}

/// SIP repeats what is lost (RFC 3261 17); the cases that watch a silence still hear nothing. Those that count repetitions
/// need a network that loses nothing.
TEST(SimulatedSuite, PassesOverUdpThatLosesDatagrams) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    expect_all_pass(run({.seed = seed, .conditions = {.drop_permille = 20}}, {}, {.prefixes = {"ORD", "DBT"}}),
                    "seed " + std::to_string(seed));
}

TEST(SimulatedSuite, AServerThatDebitsAfterAllOutcomesFailsTwelveStepWithTheBundleThatAllowsIt) {
  auto const results = run({.server_profile = {.debit = Debit::all}}, {}, {.prefixes = {"ORD", "RSV", "INV"}});
  for (auto const& result : results) {
    if (result.info.id != "ORD-12") {
      EXPECT_TRUE(result.verdict == Verdict::pass || result.verdict == Verdict::na) << result.info.id << ": " << result.because;
      continue;
    }
    EXPECT_EQ(result.verdict, Verdict::fail);
    EXPECT_EQ(result.reason, "missing debit_units");
    EXPECT_THAT(result.because, testing::HasSubstr("CR-ALL"));
  }
}

struct Section {
  char const* name;
  std::vector<refserver::FaultRow> (*faults)();
};

void PrintTo(Section const& section, std::ostream* out) {
  *out << section.name;
}

class CaughtFaults : public testing::TestWithParam<Section> {};

std::string saved(Case const& one, std::set<refserver::Fault> faults) {
  std::vector<Case const*> const plan{&one};
  auto results = plan_results(plan, {});
  run_simulated(plan, results, {.faults = std::move(faults)}, {.finished = [](CaseResult&) {}});
  return trace::save(results.front().trace);
}

/// Each by its own detectors; `ci/test` holds it to the whole suite with the release's `tollgate matrix`. A test a section of the
/// catalogue, as loading the suite takes longer than a fault.
TEST_P(CaughtFaults, AreCaughtForTheirReasons) {
  auto const whole = built_in_suite();
  for (auto const& fault : GetParam().faults()) {
    auto const detects = [&](Case const& one) {
      return std::ranges::find(fault.detectors, one.info.id, &refserver::Detector::case_id) != fault.detectors.end();
    };
    std::vector<Case> suite;
    std::ranges::copy_if(whole, std::back_inserter(suite), detects);
    auto const judged = matrix_row(suite, fault, 1);
    EXPECT_TRUE(judged.detected) << fault.name << ": " << testing::PrintToString(judged.problems);
  }
}

std::vector<refserver::FaultRow> second_order_faults() {
  return {refserver::second_order().begin(), refserver::second_order().end()};
}

INSTANTIATE_TEST_SUITE_P(DetectionMatrix, CaughtFaults,
                         testing::Values(Section{"ordering", refserver::ordering_faults},
                                         Section{"reservation", refserver::reservation_faults}, Section{"credit", refserver::credit_faults},
                                         Section{"debit", refserver::debit_faults}, Section{"diameter", refserver::diameter_faults},
                                         Section{"sip", refserver::sip_faults}, Section{"msrp", refserver::msrp_faults},
                                         Section{"concurrency", refserver::concurrency_faults},
                                         Section{"robustness", refserver::robustness_faults}, Section{"second_order", second_order_faults}),
                         [](auto const& section) { return std::string(section.param.name); });

/// What the matrix leaves out: the same octets come with a fault whose switch the server never looks at.
TEST(DetectionMatrix, ACaseInWhichNobodyLooksAtAFaultIsAsWithoutIt) {
  auto const whole = built_in_suite();
  std::vector<Case> suite;
  std::ranges::copy_if(whole, std::back_inserter(suite), [](Case const& one) { return one.info.id.starts_with("ORD"); });
  auto const faultless = faultless_row(suite, server_as_it_is(), 1);
  std::size_t untouched = 0;
  for (auto const* id : {"M11", "M61", "M80", "M134"}) {
    auto const fault = *refserver::find_fault(id);
    auto const left_out = matrix_row(suite, refserver::row(fault), 1, {}, &faultless);
    for (std::size_t i = 0; i < suite.size(); ++i) {
      auto const& cell = left_out.cells[i];
      ASSERT_EQ(cell.case_id, suite[i].info.id);
      EXPECT_EQ(cell.played, faultless.cells[i].looked_at.contains(fault)) << left_out.fault << " in " << cell.case_id;
      if (cell.played) continue;
      ++untouched;
      EXPECT_EQ(saved(suite[i], {fault}), saved(suite[i], {})) << left_out.fault << " in " << cell.case_id;
    }
  }
  EXPECT_GT(untouched, suite.size());
}

using Pairs = std::set<std::pair<std::string, std::string>>;

Pairs difference(Pairs const& a, Pairs const& b) {
  Pairs out;
  std::ranges::set_difference(a, b, std::inserter(out, out.end()));
  return out;
}

/// A case names the faults that it is for, and the catalogue the cases that detect a fault.
TEST(DetectionMatrix, CasesAndCatalogueSayTheSame) {
  Pairs named, stated;
  std::set<std::string_view> caught;
  for (auto const& row : refserver::catalogue()) {
    caught.insert(row.id());
    for (auto const& detector : row.detectors) stated.emplace(detector.case_id, row.id());
  }
  for (auto const& one : built_in_suite())
    for (auto const& id : one.info.detects)
      if (caught.contains(id)) named.emplace(one.info.id, id);
  EXPECT_THAT(difference(named, stated), IsEmpty()) << "a case that names a fault is no detector of it";
  EXPECT_THAT(difference(stated, named), IsEmpty()) << "a detector does not name its fault";
}

TEST(DetectionMatrix, AFaultWaitsOnlyForCasesThatAreNotThere) {
  std::set<std::string_view> built;
  auto const suite = built_in_suite();
  for (auto const& one : suite) built.insert(one.info.id);
  for (auto const& row : refserver::waiting())
    for (auto const& id : row.waits_for) EXPECT_FALSE(built.contains(id)) << row.name << " waits for " << id;
}

/// The words that a user reads: the withheld answer, both event numbers.
TEST(DetectionMatrix, M01IsExplainedByTheWithheldAnswer) {
  auto const results = run({.faults = {refserver::Fault::M01_invite_before_answer}}, {}, {.prefixes = {"ORD-03"}});
  auto const ord_03 = std::ranges::find(results, "ORD-03", [](auto const& r) { return r.info.id; });
  ASSERT_NE(ord_03, results.end());
  EXPECT_EQ(ord_03->verdict, Verdict::fail);
  EXPECT_THAT(ord_03->because, testing::ContainsRegex("#[0-9]+ INVITE was received .* while the answer to #[0-9]+ "
                                                      "reserve_units was withheld"));
  auto const& witnesses = ord_03->findings.front().witnesses;
  ASSERT_EQ(witnesses.size(), 2U);
  EXPECT_EQ(ord_03->trace.at(witnesses[0]).meaning.name, "reserve_units");
  EXPECT_EQ(ord_03->trace.at(witnesses[1]).meaning.name, "INVITE");
  EXPECT_LT(ord_03->duration, 5s) << "what the server leaves open is not waited for";
  for (auto const& finding : ord_03->findings)
    EXPECT_EQ(finding.verdict == Verdict::fail, finding.rule == "ORD-03" || finding.rule == "G1")
        << finding.rule << ": " << finding.because;
  EXPECT_EQ(ord_03->trace.facts().at("witnesses"), fmt::format("{} {}", witnesses[0], witnesses[1]));
}

/// The requests whose answers that text says were withheld.
std::vector<trace::EventId> said_withheld(std::string const& because) {
  std::vector<trace::EventId> out;
  static std::regex const request("#([0-9]+) ");
  auto const from = because.find("while the answer to ");
  if (from == std::string::npos) return out;
  auto const until = because.find(" was withheld", from);
  std::string const said = because.substr(from, until - from);
  for (std::sregex_iterator at(said.begin(), said.end(), request), end; at != end; ++at) out.push_back(std::stoull((*at)[1].str()));
  return out;
}

/// Whether the case looked before the message came, or only then.
TEST(DetectionMatrix, WhatAFailureCallsWithheldIsShadedInItsLadderFromTheRequestOn) {
  std::size_t count = 0;
  for (auto const fault : {refserver::Fault::M01_invite_before_answer, *refserver::find_fault("M05")})
    for (auto const& result : run({.faults = {fault}}, {}, quick)) {
      auto const ladder = trace::ladder(result.trace);
      for (auto const request : said_withheld(result.because)) {
        auto const span = std::ranges::find(ladder.withheld, request, &trace::Withheld::about);
        ASSERT_NE(span, ladder.withheld.end()) << result.info.id << ": " << result.because;
        EXPECT_EQ(ladder.rows[span->first].event, request) << result.info.id;
        EXPECT_GE(ladder.rows[span->last].event, result.findings.front().witnesses.back()) << result.info.id;
        ++count;
      }
    }
  EXPECT_GT(count, 10U);
}

/// For those who watch a run: in words, whatever the case does.
TEST(SimulatedSuite, SaysOfEachRunningCaseWhatItWaitsFor) {
  auto const suite = built_in_suite();
  auto const plan = select(suite, {.prefixes = {"ORD", "MS", "RX", "RB-02"}});
  auto results = plan_results(plan, filled({}, {}));
  std::set<std::string> waits;
  auto const look = [&](std::span<UnderWay const> all) {
    for (auto const& one : all) {
      waits.insert(one.waits_for);
      EXPECT_NE(one.waits_for, "") << results[one.index].info.id;
      EXPECT_FALSE(one.waits_for.contains('*')) << one.waits_for;
    }
  };
  run_simulated(plan, results, {.load_percent = 5}, {.finished = [](CaseResult&) {}, .under_way = look});
  using testing::Contains, testing::ContainsRegex, testing::HasSubstr;
  EXPECT_THAT(waits, Contains(HasSubstr("ocs: nothing may come for 10.0 s")));
  EXPECT_THAT(waits, Contains(ContainsRegex("alice[^ ]*: no INVITE may come .*, while the answer to #[0-9]+ reserve_units is withheld")));
}

}  // namespace
}  // namespace tollgate
