#include "fuzz/finding/regression.hpp"

#include <algorithm>
#include <memory>

#include "fuzz/finding/finding_folder.hpp"
#include "fuzz/script/tamper.hpp"

namespace tollgate::fuzz {

namespace {

Task<void> play(std::shared_ptr<Regression> what, Bed& bed) {
  for (std::size_t i = 0; i < what->flows.size(); ++i) {
    Bed& flow = bed.branch();
    tampers(flow, what->repro.flows[i].changes, what->pool);
    try {
      co_await what->flows[i].run(flow);
    } catch (CaseStopped const&) {  // NOLINT(bugprone-empty-catch): the flow may end anywhere; the monitors judge it
    }
    co_await flow.wind_up(bed.ixit().live);
  }
}

/// What a case runs, so that it can be told from any other.
struct Plays {
  std::shared_ptr<Regression> what;
  Task<void> operator()(Bed& bed) const { return play(what, bed); }
};

/// The problem that the case fails for: what was found before what was not, and of that only what the server itself shows, for what a
/// monitor sees in a broken flow may be the way of a server that bears it.
Problem const* failing(std::vector<Problem> const& problems, std::string const& bucket) {
  if (auto const* const wanted = find_problem(problems, bucket)) return wanted;
  auto const other = std::ranges::find_if(problems, is_its_own_word);
  return other == problems.end() ? nullptr : &*other;
}

}  // namespace

Case regression_case(ReproFile const& repro, std::vector<BaseFlow> flows, std::string const& where) {
  return {.info = {.id = repro.problem.name(),
                   .group = "finding",
                   .purpose = "What a campaign has found does not happen again: " + repro.problem.says,
                   .clause = finding_clauses,
                   .strength = "shall",
                   .kind = "invariant",
                   .file = where,
                   .line = 1},
          .bundles = {},
          .where = where,
          .ambiguity = {},
          .run = Plays{std::make_shared<Regression>(Regression{repro, std::move(flows)})}};
}

Regression const* regression_of(Case const& one) {
  auto const* const plays = one.run.target<Plays>();
  return plays == nullptr ? nullptr : plays->what.get();
}

unsigned plays_most(ReproFile const& repro) {
  constexpr unsigned of_what_always_came = 2, else_as_often_as_repro = 5;
  return repro.times > 0 && repro.reproduced == repro.times ? of_what_always_came : else_as_often_as_repro;
}

TrialResult replayed(ReproFile const& repro, std::span<Script const> flows, Ground const& ground, Instant until) {
  auto const side_by_side = repro.side_by_side > 0 ? repro.side_by_side : usually_side_by_side(flows.size());
  auto how = looking_for(repro.problem, side_by_side);
  how.rounds = repro.rounds;
  how.until = until;
  return try_out(ground, flows, how);
}

void judge(Regression const& regression, TrialResult seen, CaseResult& result) {
  Finding own{.rule = result.info.id, .name = "finding", .clause = result.info.clause};
  auto const* const problem = failing(seen.problems, regression.repro.problem.bucket);
  if (!seen.unready.empty()) {
    own.verdict = Verdict::inconc;
    own.reason = "SUT not reachable";
    own.because = seen.unready;
  } else if (problem != nullptr) {
    own.verdict = Verdict::fail;
    own.reason = problem->bucket;
    own.because = problem->bucket == regression.repro.problem.bucket ? problem->says : "in another way than it was found: " + problem->says;
  } else if (seen.played.empty()) {
    own.verdict = Verdict::inconc;
    own.reason = "not played";
    own.because = "none of its flows came to its end";
  } else {
    own.verdict = Verdict::pass;
  }
  FindingFacts facts{.problem = problem == nullptr ? Problem{} : *problem, .seen = std::move(seen)};
  if (auto const* const told = told_by(facts)) {
    result.trace = told->result.trace;
    for (auto const& finding : told->result.findings)
      if (finding.verdict == Verdict::fail && problem_of(finding, result.trace).bucket == facts.problem.bucket)
        own.witnesses = finding.witnesses;
  }
  result.verdict = own.verdict;
  result.reason = own.reason;
  result.because = own.because;
  result.findings = {std::move(own)};
  result.finished = true;
}

}  // namespace tollgate::fuzz
