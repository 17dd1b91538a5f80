#include "refserver/defects/catalogue.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "refserver/faults.hpp"

namespace tollgate::refserver::defects {
namespace {

TEST(Defects, HaveARowEachAtTheirPlace) {
  std::set<std::string_view> ids, functions;
  EXPECT_GE(catalogue().size(), 24U);
  for (std::size_t i = 0; i < catalogue().size(); ++i) {
    auto const& one = catalogue()[i];
    EXPECT_EQ(static_cast<std::size_t>(one.defect), i) << one.name;
    EXPECT_EQ(&row(one.defect), &one);
    EXPECT_TRUE(ids.insert(one.id()).second) << one.name;
    EXPECT_TRUE(functions.insert(one.function).second) << one.name << ": a report names one defect";
    EXPECT_TRUE(one.sentence.ends_with('.')) << one.name;
    EXPECT_FALSE(one.trigger.empty() || one.protocol.empty()) << one.name;
    EXPECT_GT(one.shortest, 0U) << one.name;
    if (i > 0) EXPECT_TRUE(one.depth >= catalogue()[i - 1].depth) << one.name;
    bool const is_seen_otherwise = one.kind == Kind::hang || one.kind == Kind::deadlock || one.kind == Kind::double_debit;
    EXPECT_EQ(one.report.empty(), is_seen_otherwise) << one.name;
  }
}

TEST(Defects, AreFoundByIdOrNameAndAreNoFaultsOfTheSuite) {
  EXPECT_EQ(find_defect("d01"), Defect::D01_via_branch_overflow);
  EXPECT_EQ(find_defect("D36_crossed_byes_deadlock"), Defect::D36_crossed_byes_deadlock);
  EXPECT_EQ(find_defect("M01"), std::nullopt);
  EXPECT_EQ(find_fault("D01"), std::nullopt);
}

/// About a third each, and every protocol and depth.
TEST(Defects, AreOfEveryReachProtocolAndDepth) {
  std::map<Reach, unsigned> reach;
  std::map<Depth, unsigned> depth;
  std::map<std::string_view, unsigned> protocol;
  for (auto const& one : catalogue()) ++reach[one.reach], ++depth[one.depth], ++protocol[one.protocol];
  EXPECT_EQ(reach.size(), 3U);
  for (auto const& [which, count] : reach) EXPECT_GE(count, catalogue().size() / 4) << text(which);
  EXPECT_EQ(depth.size(), 6U);
  for (auto const& [which, count] : depth) EXPECT_GE(count, 3U) << text(which);
  for (auto const& [which, count] : protocol) EXPECT_GE(count, 4U) << which;
  EXPECT_EQ(protocol.size(), 4U);
}

}  // namespace
}  // namespace tollgate::refserver::defects
