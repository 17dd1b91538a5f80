#include "refserver/faults.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "refserver/profile.hpp"

namespace tollgate::refserver {
namespace {

TEST(Faults, HaveOneRowEachWithTheirIdInTheirName) {
  std::set<std::string_view> ids;
  std::vector<FaultRow> all(catalogue().begin(), catalogue().end());
  all.insert(all.end(), waiting().begin(), waiting().end());
  for (auto const& one : all) {
    EXPECT_TRUE(ids.insert(one.id()).second) << one.name;
    EXPECT_FALSE(one.clause.empty()) << one.name;
    EXPECT_TRUE(one.sentence.ends_with('.')) << one.name;
    EXPECT_FALSE(one.detectors.empty()) << one.name << ": a fault that nothing detects is a missing test";
    EXPECT_EQ(row(one.fault).name, one.name);
    EXPECT_EQ(find_fault(one.name), one.fault);
    EXPECT_EQ(find_fault(one.id()), one.fault);
    EXPECT_FALSE(contradiction(one.profile)) << one.name;
    for (auto const& blind : one.blind) {
      EXPECT_FALSE(blind.because.empty()) << one.name;
      EXPECT_TRUE(std::ranges::none_of(one.detectors, [&](auto const& d) { return d.case_id == blind.case_id; })) << one.name;
    }
  }
  for (auto const* id : {"M00", "M01", "M02", "M05", "M07", "M13", "M26", "M38", "M49", "M106"}) EXPECT_TRUE(ids.contains(id)) << id;
}

TEST(Faults, AreFoundByIdOrNameInAnyCase) {
  EXPECT_EQ(find_fault("M01"), Fault::M01_invite_before_answer);
  EXPECT_EQ(find_fault("m01_invite_before_answer"), Fault::M01_invite_before_answer);
  EXPECT_EQ(find_fault("M1"), std::nullopt);
  EXPECT_EQ(find_fault(""), std::nullopt);
}

TEST(Profile, ContradictionsAreNamed) {
  EXPECT_FALSE(contradiction({}));
  EXPECT_FALSE(contradiction({.debit = Debit::each, .credit = Credit::ecuru}));
  EXPECT_TRUE(contradiction({.debit = Debit::each, .credit = Credit::ecur}));
  EXPECT_TRUE(contradiction({.debit = Debit::first, .units = Units::ok}));
  EXPECT_TRUE(contradiction({.debit = Debit::pre, .units = Units::ok}));
}

}  // namespace
}  // namespace tollgate::refserver
