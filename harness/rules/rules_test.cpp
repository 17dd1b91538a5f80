#include <gmock/gmock.h>

#include "rules/rule.hpp"

namespace tollgate::rules {
namespace {

TEST(Monitors, AreTheOnesOfTheCatalogueAndJudgeAnEmptyTraceAsNotExercised) {
  std::vector<std::string> ids;
  for (auto const& rule : monitors()) ids.emplace_back(rule.id);
  EXPECT_THAT(ids, testing::ElementsAre("G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9", "G10", "G11", "G12", "G13", "G14"));
  for (auto const& finding : check_all(trace::Trace{}, {})) EXPECT_EQ(finding.verdict, Verdict::inconc) << finding.rule;
}

TEST(Verdict, OnlyWorsens) {
  EXPECT_EQ(worse(Verdict::pass, Verdict::inconc), Verdict::inconc);
  EXPECT_EQ(worse(Verdict::fail, Verdict::inconc), Verdict::fail);
  EXPECT_EQ(worse(Verdict::fail, Verdict::error), Verdict::error);
}

}  // namespace
}  // namespace tollgate::rules
