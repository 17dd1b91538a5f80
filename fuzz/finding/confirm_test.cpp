#include "fuzz/finding/confirm.hpp"

#include <algorithm>
#include <array>
#include <gmock/gmock.h>

#include "fuzz/script/retimed.hpp"
#include "sim/sim_clock.hpp"

namespace tollgate::fuzz {
namespace {

using testing::Contains;
using testing::SizeIs;

constexpr std::array simple{SimpleBase{.name = "push"}};
constexpr char const* bucket = "crash settle_debit";

Script flow_with(std::vector<std::string> const& lines) {
  Script out{.base = "push"};
  for (auto const& line : lines) out.changes.push_back(*parse_change(line));
  return out;
}

/// At whatever time an event comes.
bool has(Script const& flow, std::string_view line) {
  auto const change = *parse_change(line);
  return std::ranges::any_of(flow.changes, [&](Change one) {
    if (one.act == Change::Act::also) one.number = change.number;
    return one == change;
  });
}

/// A server that has a defect, as far as the flows that are played on it bring it about; nothing is so quick that it comes each time.
struct Server {
  std::function<bool(std::span<Script const>, TrialOptions const&)> each_time, by_chance;
  std::function<bool(Change const&)> comes_to = [](Change const&) { return true; };  ///< a message to which it is done
  unsigned plays = 0;
  SimClock clock = {};

  /// A play in which it shows takes a second; else as long as the latest message.
  void takes_time(TrialResult const& out, std::span<Script const> flows, Instant until) {
    auto most = Duration(1s);
    for (auto const& flow : flows)
      for (auto const& change : flow.changes)
        if (change.act == Change::Act::late && out.problems.empty())
          most = std::max<Duration>(most, std::chrono::milliseconds(change.number));
    clock.run_for(std::min(most, std::max(until - clock.now(), Duration(1ms))));
  }

  TrialResult plays_flows(std::span<Script const> flows, TrialOptions const& how) {
    TrialResult out;
    constexpr unsigned seldom = 3;
    bool const has_luck = ++plays % seldom == 1;
    if (each_time(flows, how) || (has_luck && by_chance(flows, how)))
      out.problems.push_back({.kind = "crash", .bucket = bucket, .says = "", .report = {}});
    for (auto const& flow : flows) {
      Played played{.script = flow, .result = {}};
      for (auto const& change : flow.changes)
        if (comes_to(change)) played.result.trace.record({.kind = trace::Kind::tampered, .note = "it: so [" + to_text(change) + "]"});
      out.played.push_back(std::move(played));
    }
    takes_time(out, flows, how.until);
    return out;
  }
};

Confirmation confirmed(Server& server, std::vector<Script> scripts) {
  Suspicion const suspicion{.problem = {.kind = "crash", .bucket = bucket, .says = "", .report = {}}, .scripts = std::move(scripts)};
  return confirm(server.clock, simple, [&](auto flows, auto const& how) { return server.plays_flows(flows, how); }, suspicion);
}

/// A BYE while the answer to the debit is withheld: sent at once with what brings the debit about, it comes so by chance.
TEST(Confirm, GivesTheServerTheTimeInWhichTwoMessagesMeet) {
  auto const hangs_up = [](std::span<Script const> flows, bool in_time) {
    return std::ranges::any_of(flows,
                               [&](auto const& flow) { return has(flow, "msrp 2 also BYE") && (!in_time || has(flow, "ch2 2 late 300")); });
  };
  Server server{.each_time = [&](auto flows, auto const&) { return hangs_up(flows, true); },
                .by_chance = [&](auto flows, auto const&) { return hangs_up(flows, false); }};
  auto const out = confirmed(server, {flow_with({"sip 3 drop"}), flow_with({"msrp 2 also BYE"})});
  EXPECT_EQ(out.reproduced, 5U);
  EXPECT_EQ(out.rounds, 1U);
  ASSERT_THAT(out.flows, SizeIs(1));
  EXPECT_THAT(out.flows[0].changes, testing::UnorderedElementsAre(*parse_change("msrp 2 also BYE 30"), *parse_change("ch2 2 late 300")));
}

/// Bad luck kept it while the flows were made smaller.
TEST(Confirm, LeavesOutChangesToWhichNoMessageCame) {
  auto const nothing = *parse_change("msrp 1 drop");
  unsigned without = 0;
  auto const shows = [&](std::span<Script const> flows, TrialOptions const&) {
    bool const is_there = std::ranges::any_of(flows, [](auto const& flow) { return has(flow, "sip 3 drop"); });
    return is_there && (has(flows.back(), "msrp 1 drop") || ++without > 1);
  };
  Server server{.each_time = shows, .by_chance = shows, .comes_to = [&](Change const& one) { return one != nothing; }};
  auto const out = confirmed(server, {flow_with({"sip 3 drop", "msrp 1 drop"})});
  EXPECT_EQ(out.reproduced, 5U);
  ASSERT_THAT(out.flows, SizeIs(1));
  EXPECT_THAT(out.flows[0].changes, testing::ElementsAre(*parse_change("sip 3 drop")));
}

/// Each of them is known to end the server, and some flow that is mutated ends it before they meet.
TEST(Confirm, FindsWhatEventsDoAmongFlowsThatEndTheServerOtherwise) {
  auto const is_mutated = [](Script const& flow) { return has(flow, "sip 3 mutate sip.drop_field 1"); };
  auto const two_hang_up = [&](std::span<Script const> flows, TrialOptions const& how) {
    auto const hang_up = std::ranges::count_if(flows, [](auto const& flow) { return has(flow, "msrp 2 also BYE"); });
    return how.side_by_side > 1 && hang_up >= 2 && std::ranges::none_of(flows, is_mutated);
  };
  Server server{.each_time = two_hang_up, .by_chance = two_hang_up};
  std::vector<Script> scripts(40, flow_with({"sip 3 mutate sip.drop_field 1"}));
  scripts[3] = scripts[31] = flow_with({"msrp 2 also BYE", "sip 3 mutate sip.drop_field 1"});
  auto const out = confirmed(server, scripts);
  EXPECT_EQ(out.reproduced, 5U);
  EXPECT_THAT(out.flows, SizeIs(2));
}

/// Two users who hang up: one flow after the other never does it, and few that are kept are not played otherwise than many were.
TEST(Confirm, PlaysTwoFlowsSideBySideWhereTheyMust) {
  auto const two_hang_up = [](std::span<Script const> flows, TrialOptions const& how) {
    return how.side_by_side > 1 && std::ranges::count_if(flows, [](auto const& flow) { return has(flow, "msrp 2 also BYE"); }) >= 2;
  };
  Server server{.each_time = two_hang_up, .by_chance = two_hang_up};
  std::vector<Script> scripts(40, flow_with({"sip 3 drop"}));
  scripts[3] = scripts[31] = flow_with({"msrp 2 also BYE"});
  auto const out = confirmed(server, scripts);
  EXPECT_EQ(out.reproduced, 5U);
  EXPECT_THAT(out.flows, SizeIs(2));
  EXPECT_GT(out.side_by_side, 1U);
}

/// A flow among them waits for half a minute: what has not come by then is not worth the time that the others need.
TEST(Confirm, WaitsForNoFlowThatHasNothingToDoWithIt) {
  auto const both = [](std::span<Script const> flows, TrialOptions const&) {
    auto const has_one = [&](std::string_view line) {
      return std::ranges::any_of(flows, [&](auto const& flow) { return has(flow, line); });
    };
    return has_one("msrp 2 also BYE") && has_one("msrp 2 also ASR");
  };
  Server server{.each_time = both, .by_chance = both};
  std::vector<Script> scripts(40, flow_with({"sip 3 drop"}));
  scripts[3] = flow_with({"msrp 2 also BYE"});
  scripts[8] = flow_with({"sip 1 late 33000"});
  scripts[20] = flow_with({"msrp 2 also ASR"});
  auto const out = confirmed(server, scripts);
  EXPECT_EQ(out.reproduced, 5U);
  EXPECT_THAT(out.flows, SizeIs(2));
}

/// What only slow answers bring together is found among all that were under way.
TEST(Confirm, FindsWhatMeetsInSlowMotionOnly) {
  auto const meet = [](std::span<Script const> flows, TrialOptions const&) {
    return std::ranges::count_if(flows, [](auto const& flow) { return has(flow, "msrp 2 also BYE") && has(flow, "ch2 2 late 300"); }) >= 2;
  };
  Server server{.each_time = meet, .by_chance = [](auto, auto const&) { return false; }};
  std::vector<Script> scripts(100, flow_with({"sip 3 drop"}));
  scripts[13] = scripts[71] = flow_with({"msrp 2 also BYE"});
  auto const out = confirmed(server, scripts);
  EXPECT_EQ(out.reproduced, 5U);
  ASSERT_THAT(out.flows, SizeIs(2));
  EXPECT_THAT(out.flows[0].changes, Contains(*parse_change("ch2 2 late 300")));
}

/// Among them is what ends the server otherwise, sooner.
TEST(Confirm, FindsWhatMeetsInSlowMotionBesideWhatEndsTheServer) {
  auto const is_crash = [](auto const& flow) { return has(flow, "sip 1 also BYE"); };
  SimClock clock;
  Suspicion suspicion{.problem = {.kind = "crash", .bucket = bucket, .says = "", .report = {}},
                      .scripts = std::vector<Script>(100, flow_with({"sip 3 drop"}))};
  suspicion.scripts[80] = flow_with({"sip 1 also BYE"});
  suspicion.scripts[84] = flow_with({"msrp 2 also BYE"});
  auto const plays = [&](std::span<Script const> flows, TrialOptions const&) {
    TrialResult out;
    bool const hangs_up = std::ranges::any_of(flows, [](auto const& f) { return has(f, "msrp 2 also BYE") && has(f, "ch2 2 late 300"); });
    auto const* const seen = std::ranges::any_of(flows, is_crash) ? "crash otherwise" : hangs_up ? bucket : nullptr;
    if (seen != nullptr) out.problems.push_back({.kind = "crash", .bucket = seen, .says = "", .report = {}});
    return out;
  };
  auto const out = confirm(clock, simple, plays, suspicion);
  EXPECT_EQ(out.reproduced, 5U);
  EXPECT_THAT(out.flows, SizeIs(1));
}

/// Of the unlikely ones too: each part by itself, where all together would end the server otherwise.
TEST(Confirm, FindsTheCulpritAmongTheUnlikely) {
  Server server{.each_time =
                    [](auto flows, auto const&) {
                      return flows.size() <= 24 && std::ranges::any_of(flows, [](auto const& flow) { return has(flow, "sip 1 also BYE"); });
                    },
                .by_chance = [](auto, auto const&) { return false; }};
  SimClock clock;
  Suspicion suspicion{.problem = {.kind = "crash", .bucket = bucket, .says = "", .report = {}},
                      .scripts = std::vector<Script>(100, flow_with({"sip 3 drop"})),
                      .unlikely = 60};
  suspicion.scripts[20] = flow_with({"sip 1 also BYE"});
  auto const out = confirm(clock, simple, [&](auto flows, auto const& how) { return server.plays_flows(flows, how); }, suspicion);
  EXPECT_EQ(out.reproduced, 5U);
  EXPECT_THAT(out.flows, SizeIs(1));
}

/// Flows that wait for whatever the changes have taken from them: no trial goes on when its time is over.
TEST(Confirm, GivesUpWhatNoFreshServerShows) {
  SimClock clock;
  Suspicion const suspicion{.problem = {.kind = "crash", .bucket = bucket, .says = "", .report = {}},
                            .scripts = std::vector<Script>(400, flow_with({"sip 3 drop"})),
                            .unlikely = 200};
  auto const lasts = [&](std::span<Script const> flows, TrialOptions const& how) {
    constexpr Duration each = 5s;
    clock.run_for(std::min<Duration>(each * flows.size(), how.until - clock.now()));
    return TrialResult();
  };
  EXPECT_THAT(confirm(clock, simple, lasts, suspicion).flows, SizeIs(0));
  EXPECT_LE(clock.now(), Instant() + 150s);
}

/// What one of them does ends the server otherwise, sooner.
TEST(Confirm, FindsTheCulpritAmongTheLastOfTheUnlikelyBriefly) {
  SimClock clock;
  Suspicion suspicion{.problem = {.kind = "crash", .bucket = bucket, .says = "", .report = {}},
                      .scripts = std::vector<Script>(100, flow_with({"sip 3 drop"})),
                      .unlikely = 60};
  suspicion.scripts[50] = flow_with({"sip 1 also BYE"});
  suspicion.scripts[48] = flow_with({"sip 1 also ASR"});
  auto const plays = [&](std::span<Script const> flows, TrialOptions const&) {
    TrialResult out;
    auto const does = [&](std::string_view what) { return std::ranges::any_of(flows, [&](auto const& flow) { return has(flow, what); }); };
    if (does("sip 1 also ASR"))
      out.problems.push_back({.kind = "crash", .bucket = "another", .says = "", .report = {}});
    else if (does("sip 1 also BYE"))
      out.problems.push_back({.kind = "crash", .bucket = bucket, .says = "", .report = {}});
    return out;
  };
  auto const out = confirm(clock, simple, plays, suspicion, Search::brief);
  EXPECT_EQ(out.reproduced, 5U);
  EXPECT_THAT(out.flows, SizeIs(1));
}

/// It may come again with flows that show it sooner.
TEST(Confirm, SeeksBrieflyFirst) {
  SimClock clock;
  Suspicion const suspicion{.problem = {.kind = "crash", .bucket = bucket, .says = "", .report = {}},
                            .scripts = std::vector<Script>(400, flow_with({"sip 3 drop"}))};
  auto const lasts = [&](std::span<Script const> flows, TrialOptions const& how) {
    clock.run_for(std::min<Duration>(Duration(5s) * flows.size(), how.until - clock.now()));
    return TrialResult();
  };
  EXPECT_THAT(confirm(clock, simple, lasts, suspicion, Search::brief).flows, SizeIs(0));
  EXPECT_LE(clock.now(), Instant() + 20s);
}

/// 4 s a play, and 6 s in all: one play is done, and the next given up.
TEST(Confirm, SaysNothingOfWhatTheTimeHasCutOff) {
  auto const within = [](char const* kind, Duration most, bool shows) {
    SimClock clock;
    Suspicion const suspicion{.problem = {.kind = kind, .bucket = bucket}, .scripts = {flow_with({"sip 3 drop"})}};
    auto const takes_4_s = [&](std::span<Script const>, TrialOptions const& how) {
      bool const is_done = clock.now() + 4s < how.until;
      clock.run_for(std::min<Duration>(4s, how.until - clock.now()));
      TrialResult out;
      if (shows && is_done) out.problems.push_back({.kind = kind, .bucket = bucket});
      return out;
    };
    auto const out = confirm(clock, simple, takes_4_s, suspicion, Search::brief, clock.now() + most);
    return std::pair(out.reproduced, out.times);
  };
  EXPECT_EQ(within("crash", 2s, true), std::pair(0U, 0U)) << "no play has come to its end";
  EXPECT_EQ(within("crash", 0s, true), std::pair(0U, 0U));
  EXPECT_EQ(within("overcharge", 6s, true), std::pair(0U, 0U));
  EXPECT_EQ(within("crash", 30s, false), std::pair(0U, 1U)) << "it has been played, and did not come";
}

/// A server ends or is silent by its own word; what we judge our own load may have made, and whether an unchanged flow passes in time.
TEST(Confirm, IsSureOfWhatWeJudgeWhereItComesEveryTime) {
  auto const is_sure = [](char const* kind, char const* its_bucket, unsigned reproduced) {
    return Confirmation{.reproduced = reproduced, .times = 5}.is_sure({.kind = kind, .bucket = its_bucket});
  };
  EXPECT_TRUE(is_sure("crash", "exit 3", 1));
  EXPECT_TRUE(is_sure("hang", "hang", 1));
  EXPECT_FALSE(is_sure("hang", "hang unchanged push", 4));
  EXPECT_TRUE(is_sure("hang", "hang unchanged push", 5));
  EXPECT_FALSE(is_sure("overcharge", "G4 debit_units", 4));
  EXPECT_FALSE(is_sure("crash", "exit 3", 0));
}

TEST(Confirm, WaitsAsLongAsTheFlowTookThatShowedIt) {
  SimClock clock;
  trace::Trace trace;
  for (auto const at_ns : {std::int64_t{1'000'000'000}, std::int64_t{5'000'000'000}}) trace.record({.at_ns = at_ns});
  Suspicion const suspicion{.problem = {.kind = "overcharge", .bucket = bucket, .says = "", .report = {}},
                            .scripts = {flow_with({"sip 3 drop"})},
                            .trace = trace};
  std::vector<Duration> waits;
  auto const notes = [&](std::span<Script const>, TrialOptions const& how) {
    waits.push_back(how.settle_most);
    return TrialResult();
  };
  (void)confirm(clock, simple, notes, suspicion);
  EXPECT_THAT(waits, testing::AllOf(testing::Not(testing::IsEmpty()), testing::Each(Duration(6s))));
}

}  // namespace
}  // namespace tollgate::fuzz
