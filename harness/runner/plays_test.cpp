// A case that our own lag has left open is played again, and not for ever.
#include <gtest/gtest.h>
#include <set>

#include "runner/bed.hpp"
#include "runner/plan.hpp"
#include "runner/simulated_run.hpp"

namespace tollgate {
namespace {

struct Played {
  CaseResult result;
  unsigned plays = 0;     ///< of the case's body
  unsigned finished = 0;  ///< as the listener was told
  std::set<std::string> users;  ///< of all plays, each with four
};

/// A case that stops so often for `reason` and passes after that.
Played play(unsigned stops, std::string const& reason) {
  Played out;
  Case const one{.info = {.id = "T-01", .group = "t", .kind = "live"}, .run = [&](Bed& bed) -> Task<void> {
                   ++out.plays;
                   out.users.insert(bed.client("alice").aor());
                   for (unsigned i = 0; i < 3; ++i) out.users.insert(bed.branch().client("alice").aor());
                   if (out.plays <= stops) throw CaseStopped{Verdict::inconc, reason, "late", {}};
                   co_return;
                 }};
  std::vector<Case const*> const plan{&one};
  std::vector<CaseResult> results(1);
  results[0].info = one.info;
  run_simulated(plan, results, {}, {.finished = [&](CaseResult&) { ++out.finished; }});
  out.result = results[0];
  return out;
}

TEST(Plays, ACaseThatOurLagLeftOpenIsPlayedAgainWithOtherUsers) {
  auto const played = play(1, "own lag");
  EXPECT_EQ(played.plays, 2U);
  EXPECT_EQ(played.finished, 1U) << "the first play is nobody's result";
  EXPECT_EQ(played.result.verdict, Verdict::pass);
  EXPECT_EQ(played.result.plays, 2U);
  EXPECT_EQ(played.result.info.id, "T-01");
  EXPECT_EQ(played.users.size(), 8U) << "for those of the first play messages may be stored";
}

TEST(Plays, ThreeTimesAtMost) {
  auto const played = play(100, "own lag");
  EXPECT_EQ(played.plays, plays_most);
  EXPECT_EQ(played.result.verdict, Verdict::inconc);
  EXPECT_EQ(played.result.reason, "own lag");
}

/// The end of one may start what another's end has put back in the queue.
TEST(Plays, ManyThatEndTogetherAreAllPlayedToTheirEnd) {
  constexpr std::size_t many = 20;
  std::vector<unsigned> plays(many);
  std::vector<Case> cases;
  for (std::size_t i = 0; i < many; ++i)
    cases.push_back({.info = {.id = "T-" + std::to_string(i), .group = "t", .kind = "live"}, .run = [&plays, i](Bed& bed) -> Task<void> {
                       co_await pause(bed.clock(), 1s);
                       if (++plays[i] == 1) throw CaseStopped{Verdict::inconc, "own lag", "late", {}};
                     }});
  std::vector<Case const*> plan;
  std::vector<CaseResult> results(many);
  for (std::size_t i = 0; i < many; ++i) {
    plan.push_back(&cases[i]);
    results[i].info = cases[i].info;
  }
  run_simulated(plan, results, {}, {.finished = [](CaseResult&) {}});
  for (std::size_t i = 0; i < many; ++i) {
    EXPECT_TRUE(results[i].finished) << i;
    EXPECT_EQ(results[i].verdict, Verdict::pass) << i;
    EXPECT_EQ(plays[i], 2U) << i;
  }
}

TEST(Plays, WhatTheSutLeftOpenStaysOpen) {
  auto const played = play(1, "not stored");
  EXPECT_EQ(played.plays, 1U);
  EXPECT_EQ(played.result.verdict, Verdict::inconc);
}

}  // namespace
}  // namespace tollgate
