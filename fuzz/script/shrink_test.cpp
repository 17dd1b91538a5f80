#include "fuzz/script/shrink.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

/// Shows where both of these are in it, in whatever flow.
TEST(Shrink, KeepsWhatShowsTheProblem) {
  auto const drop = *parse_change("sip 1 drop"), late = *parse_change("sip 2 late 300"), noise = *parse_change("msrp 1 cut 7");
  std::vector<Script> scripts(40, {.base = "push-tcp", .changes = {noise}});
  scripts[7].changes = {noise, drop, noise};
  scripts[23].changes = {late, noise};
  auto const has = [](std::span<Script const> all, Change::Act act) {
    return std::ranges::any_of(all,
                               [&](auto const& s) { return std::ranges::any_of(s.changes, [&](auto const& c) { return c.act == act; }); });
  };
  unsigned trials = 0;
  auto const smallest = shrunk(
      scripts,
      [&](std::span<Script const> some) {
        ++trials;
        return has(some, Change::Act::drop) && has(some, Change::Act::late);
      },
      200, "push");
  ASSERT_EQ(smallest.size(), 2U);
  EXPECT_EQ(smallest[0], (Script{.base = "push", .changes = {drop}}));
  EXPECT_EQ(smallest[1], (Script{.base = "push", .changes = {*parse_change("sip 1 late 1")}})) << "the first does as well as the second";
  EXPECT_LE(trials, 200U);
}

/// Its REGISTER is the fourth message there, and the second here.
TEST(Shrink, FindsTheMessageOnASimplerBase) {
  auto const shows = [](std::span<Script const> some) {
    return some.size() == 1 && some.front().changes.size() == 1 &&
           some.front().changes.front().nth == (some.front().base == "push" ? 2U : 4U);
  };
  auto const smallest = shrunk({{.base = "push-three", .changes = {*parse_change("sip 4 mutate sip.edge_number 7")}}}, shows, 50, "push");
  EXPECT_EQ(smallest, (std::vector<Script>{{.base = "push", .changes = {*parse_change("sip 2 mutate sip.edge_number 7")}}}));
}

/// A server that takes no push is tried with none.
TEST(Shrink, KeepsItsBaseWhereNoSimplerOneIsPlayed) {
  std::vector<Script> const scripts{{.base = "REG-01", .changes = {*parse_change("sip 1 drop")}}};
  auto const smallest = shrunk(
      scripts,
      [](std::span<Script const> some) {
        EXPECT_EQ(some.front().base, "REG-01");
        return !some.front().changes.empty();
      },
      200, "");
  EXPECT_EQ(smallest, scripts);
}

}  // namespace
}  // namespace tollgate::fuzz
