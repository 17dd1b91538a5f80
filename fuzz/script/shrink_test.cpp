#include "fuzz/script/shrink.hpp"

#include <algorithm>
#include <array>
#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

constexpr std::array simple{SimpleBase{.name = "register", .requests = 3}, SimpleBase{.name = "push"}};

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
      200, std::span(simple).last(1));
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
  auto const smallest =
      shrunk({{.base = "push-three", .changes = {*parse_change("sip 4 mutate sip.edge_number 7")}}}, shows, 50, std::span(simple).last(1));
  EXPECT_EQ(smallest, (std::vector<Script>{{.base = "push", .changes = {*parse_change("sip 2 mutate sip.edge_number 7")}}}));
}

/// There nothing is stored before the REGISTER.
TEST(Shrink, StoresNothingWhereARegistrationShowsIt) {
  auto const shows = [](std::span<Script const> some) {
    auto const& [base, changes, number] = some.front();
    return changes.size() == 2 && changes[1].nth == changes[0].nth + 1 && changes[0].nth == (base == "register" ? 2U : 5U);
  };
  auto const smallest =
      shrunk({{.base = "push-and-leave", .changes = {*parse_change("sip 5 mutate sip.no_number 7"), *parse_change("sip 6 repeat 2")}}},
             shows, 50, simple);
  EXPECT_EQ(smallest, (std::vector<Script>{{.base = "register",
                                            .changes = {*parse_change("sip 2 mutate sip.no_number 7"), *parse_change("sip 3 repeat 2")}}}));
}

/// The AVP that this number lets go in the second answer is another one in the first.
TEST(Shrink, ChoosesAnewInAnEarlierAnswer) {
  auto const shows = [](std::span<Script const> some) {
    if (some.front().changes.empty()) return false;
    auto const& change = some.front().changes.front();
    return change.number == (change.nth == 2 ? 188'557'163U : 5U);
  };
  auto const smallest =
      shrunk({{.base = "push", .changes = {*parse_change("ch2 2 mutate diameter.drop_avp 188557163")}}}, shows, 50, simple);
  EXPECT_EQ(smallest, (std::vector<Script>{{.base = "push", .changes = {*parse_change("ch2 1 mutate diameter.drop_avp 5")}}}));
}

/// What is sent behind it has nothing to do with it.
TEST(Shrink, SendsNoMoreThanShowsIt) {
  auto const shows = [](std::span<Script const> some) {
    auto const& changes = some.front().changes;
    bool const is_drop = changes.size() < 2 || (changes[1].act == Change::Act::drop && changes[1].nth == 3);
    return !changes.empty() && changes[0].act == Change::Act::mutate && changes[0].nth == 2 && is_drop;
  };
  auto const smallest = shrunk({{.base = "register", .changes = {*parse_change("sip 2 mutate sip.many_values 7")}}}, shows, 50, simple);
  EXPECT_EQ(smallest, (std::vector<Script>{{.base = "register",
                                            .changes = {*parse_change("sip 2 mutate sip.many_values 7"), *parse_change("sip 3 drop")}}}));
}

TEST(Shrink, SendsNoCopyWhereTheMessageDoes) {
  auto const shows = [](std::span<Script const> some) { return some.size() == 1 && some.front().changes.size() == 1; };
  auto const smallest = shrunk({{.base = "push", .changes = {*parse_change("sip 1 again sip.bad_length 7")}}}, shows, 50, {});
  EXPECT_EQ(smallest, (std::vector<Script>{{.base = "push", .changes = {*parse_change("sip 1 mutate sip.bad_length 7")}}}));
}

/// A server that takes no push is tried with none.
TEST(Shrink, KeepsItsBaseWhereNoSimplerOneIsPlayed) {
  std::vector<Script> const scripts{{.base = "REG-01", .changes = {*parse_change("sip 1 drop")}}};
  auto const smallest = shrunk(scripts,
                               [](std::span<Script const> some) {
                                 EXPECT_EQ(some.front().base, "REG-01");
                                 return !some.front().changes.empty();
                               },
                               200, {});
  EXPECT_EQ(smallest, scripts);
}

}  // namespace
}  // namespace tollgate::fuzz
