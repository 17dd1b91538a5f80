#include "runner/plan.hpp"

#include <gmock/gmock.h>

#include "runner/duration_expression.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<Case> suite() {
  std::vector<Case> cases;
  for (auto const* id : {"ORD-01", "ORD-02", "ORD-12", "DBT-02", "NC-01"}) cases.push_back({.info = {.id = id, .strength = "shall"}});
  cases[2].bundles = {"TWELVE-STEP"};
  cases[4].info.strength = "profile";
  return cases;
}

std::vector<std::string> selected(Selection const& selection) {
  auto const cases = suite();
  std::vector<std::string> ids;
  for (auto const* one : select(cases, selection)) ids.push_back(one->info.id);
  return ids;
}

TEST(Plan, SelectsByIdAndByPrefixNotByPartOfAWord) {
  EXPECT_THAT(selected({.prefixes = {"ORD"}}), ElementsAre("ORD-01", "ORD-02", "ORD-12"));
  EXPECT_THAT(selected({.prefixes = {"DBT-02", "NC"}}), ElementsAre("DBT-02", "NC-01"));
  EXPECT_THAT(selected({.prefixes = {"ord-12", "nc"}}), ElementsAre("ORD-12", "NC-01"));
  EXPECT_THAT(selected({.prefixes = {"OR"}}), ElementsAre("ORD-01", "ORD-02", "ORD-12"));
  EXPECT_THAT(selected({.prefixes = {"ORD-0"}}), ElementsAre("ORD-01", "ORD-02"));
  EXPECT_THAT(selected({.prefixes = {"ORD-3"}}), ElementsAre());
}

TEST(Plan, TakesTheFindingsOfACampaignByTheirGroup) {
  auto cases = suite();
  for (auto const* id : {"crash-1a2b3c4d", "leak-00000001"}) cases.push_back({.info = {.id = id, .group = "finding", .strength = "shall"}});
  auto const ids = [&](std::vector<std::string> const& prefixes) {
    std::vector<std::string> out;
    for (auto const* one : select(cases, {.prefixes = prefixes})) out.push_back(one->info.id);
    return out;
  };
  EXPECT_THAT(ids({"finding"}), ElementsAre("crash-1a2b3c4d", "leak-00000001"));
  EXPECT_THAT(ids({"leak", "ORD-01"}), ElementsAre("ORD-01", "leak-00000001"));
  EXPECT_EQ(selects_nothing(cases, {"finding"}), std::nullopt);
  EXPECT_EQ(selects_nothing(suite(), {"finding"}), "finding") << "where none was loaded";
}

TEST(Plan, NamesAPrefixThatSelectsNothing) {
  EXPECT_EQ(selects_nothing(suite(), {"ORD", "DTB-02", "XYZ"}), "DTB-02");
  EXPECT_EQ(selects_nothing(suite(), {"ORD", "dbt"}), std::nullopt);
}

TEST(Plan, TakesGoogleTestsFilterOverIdsThatHoldADash) {
  EXPECT_THAT(selected({.filter = "ORD-0*"}), ElementsAre("ORD-01", "ORD-02"));
  EXPECT_THAT(selected({.filter = "ORD-*-*12"}), ElementsAre("ORD-01", "ORD-02"));
  EXPECT_THAT(selected({.filter = "ORD-01:DBT-*"}), ElementsAre("ORD-01", "DBT-02"));
  EXPECT_THAT(selected({.filter = "-ORD-*:NC-01"}), ElementsAre("DBT-02"));
  EXPECT_THAT(selected({.filter = "NC-?1"}), ElementsAre("NC-01"));
}

TEST(Plan, LevelLeavesOutWhatIsWeaker) {
  EXPECT_THAT(selected({.level = "should"}), ElementsAre("ORD-01", "ORD-02", "ORD-12", "DBT-02"));
}

TEST(Plan, PartitionsAreDisjointAndWhole) {
  std::vector<std::string> all;
  for (auto const* part : {"hash:1/3", "hash:2/3", "hash:3/3"})
    for (auto& id : selected({.partition = Partition::parse(part)})) all.push_back(std::move(id));
  EXPECT_THAT(all, testing::UnorderedElementsAreArray(selected({})));
  for (auto const* text : {"", "hash:0/3", "hash:4/3", "slice:1/2", "hash:1", "hash:a/b"}) EXPECT_FALSE(Partition::parse(text)) << text;
}

TEST(Plan, RepeatsTheWholeSelection) {
  EXPECT_THAT(selected({.prefixes = {"DBT", "NC"}, .repeat = 2}), ElementsAre("DBT-02", "NC-01", "DBT-02", "NC-01"));
}

TEST(Plan, WhatTheProfileExcludesIsNaAndSaysWhy) {
  auto const cases = suite();
  auto const results = plan_results(select(cases, {}), {.bundle = "CR-ALL"});
  EXPECT_EQ(results[2].verdict, Verdict::na);
  EXPECT_THAT(results[2].because, HasSubstr("CR-ALL"));
  EXPECT_EQ(results[0].verdict, Verdict::error) << "incomplete until it has run";
}

TEST(Durations, AreNumbersTimersAndSums) {
  Ixit const ixit;
  EXPECT_EQ(*read_duration("2s", ixit), 2s);
  EXPECT_EQ(*read_duration("1.5s", ixit), 1500ms);
  EXPECT_EQ(*read_duration("live", ixit), ixit.live);
  EXPECT_EQ(*read_duration("0.9*msrp_transaction", ixit), 27s);
  EXPECT_EQ(*read_duration("msrp_transaction+live", ixit), 32s);
  EXPECT_EQ(*read_duration("msrp_transaction-epsilon", ixit), 30s - 20ms);
  EXPECT_EQ(*read_plain_duration("10m"), 10min);
}

TEST(Durations, RefuseWithThePlace) {
  Ixit const ixit;
  EXPECT_EQ(read_duration("soon", ixit).error().offset, 0U);
  EXPECT_EQ(read_duration("live+soon", ixit).error().offset, 5U);
  EXPECT_EQ(read_duration("x*live", ixit).error().detail, "expected a number before *");
  for (auto const* text : {"", "5", "s", "1e400s", "nan*live", "2s+", "99999999s", "1e300*live", "9999h+9999h", "1e9*quiet"})
    EXPECT_FALSE(read_duration(text, ixit)) << text;
}

TEST(Plan, AShuffledPlanHoldsTheSameCases) {
  std::vector<Case> suite(20);
  for (auto& one : suite) one.info.id = "T-" + std::to_string(&one - suite.data());
  auto const plain = select(suite, {});
  auto one = plain, again = plain, other = plain;
  shuffle(one, 5);
  shuffle(again, 5);
  shuffle(other, 6);
  EXPECT_NE(one, plain);
  EXPECT_EQ(one, again);
  EXPECT_NE(one, other);
  EXPECT_THAT(one, testing::UnorderedElementsAreArray(plain));
}

}  // namespace
}  // namespace tollgate
