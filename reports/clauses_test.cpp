#include "reports/clauses.hpp"

#include <gmock/gmock.h>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Clauses, NameTheirSteps) {
  EXPECT_THAT(steps_of("CR 6.3.2.8 (5)"), ElementsAre(5));
  EXPECT_THAT(steps_of("CR 6.3.2.8 (8 bullet 1, 10-11); RFC 4975 10 (7)"), ElementsAre(8, 10, 11));
  EXPECT_THAT(steps_of("CR 6.3.2.8 (8-12) and its note"), ElementsAre(8, 9, 10, 11, 12));
  EXPECT_THAT(steps_of("RFC 3261 10.3 (3)"), IsEmpty());
  EXPECT_THAT(steps_of("CR 6.3.2.8 (x, 99, 0-2"), ElementsAre(1, 2));
}

TEST(Clauses, TheTableHasTheWorstVerdictOfEachStep) {
  tollgate::Run run;
  auto const add = [&](std::string clause, Verdict verdict) {
    run.cases.emplace_back().info.clause = std::move(clause);
    run.cases.back().verdict = verdict;
  };
  add("CR 6.3.2.8 (3-5)", Verdict::fail);
  add("CR 6.3.2.8 (3)", Verdict::pass);
  add("CR 6.3.2.8 (7)", Verdict::pass);
  add("CR 6.3.2.8 (8)", Verdict::known);
  add("CR 6.3.2.8 (11)", Verdict::na);
  auto const table = clause_table(run);
  EXPECT_EQ(table[2].verdict, Verdict::fail);
  EXPECT_THAT(table[2].cases, ElementsAre(0, 1));
  EXPECT_EQ(table[6].verdict, Verdict::pass);
  EXPECT_EQ(table[7].verdict, Verdict::fail) << "what is known is broken all the same";
  EXPECT_EQ(table[10].verdict, Verdict::none) << "nothing ran";
  EXPECT_THAT(table[10].cases, ElementsAre(4));
  EXPECT_THAT(table[0].cases, IsEmpty());
}

TEST(Clauses, WhatHasNotEndedIsAnErrorOnlyWhenTheRunIsOver) {
  tollgate::Run run;
  run.cases = {failed_case(), CaseResult{.info = {.id = "B", .clause = "CR 6.3.2.8 (5)"}}};
  run.cases[0].info.clause = "CR 6.3.2.8 (5)";
  run.cases[0].finished = true;
  run.cases[0].findings.clear();
  EXPECT_EQ(clause_table(run, Stage::running)[4].verdict, Verdict::fail);
  EXPECT_EQ(clause_table(run, Stage::over)[4].verdict, Verdict::error);
}

/// "6.3.2.8 (1-12)" speaks of the whole flow; its INVITE came too early, and that is step 5.
TEST(Clauses, AFailureCountsAtTheStepThatBroke) {
  tollgate::Run run;
  run.cases = {failed_case(), failed_case()};
  run.cases[0].info.clause = "CR 6.3.2.8 (1-12)";
  run.cases[1].info.clause = "CR 6.3.2.8 (1-12); RFC 4975 7.1";
  run.cases[1].verdict = Verdict::pass;
  run.cases[1].findings.clear();
  for (auto& finding : run.cases[0].findings)
    if (finding.verdict == Verdict::fail) finding.clause = "CR 6.3.2.8 (3-5)";
  auto const table = clause_table(run);
  for (auto const& row : table) {
    bool const is_invite = row.clause == "CR 6.3.2.8 (5)";
    EXPECT_EQ(row.verdict, is_invite ? Verdict::fail : Verdict::pass) << row.clause;
    EXPECT_THAT(row.cases, ElementsAre(0, 1)) << row.clause;
    EXPECT_THAT(row.decided_by, ElementsAre(is_invite ? 0U : 1U)) << row.clause;
  }
}

TEST(Clauses, HasTheOtherDocumentsInOrder) {
  tollgate::Run run;
  auto const add = [&](std::string clause, Verdict verdict) {
    run.cases.emplace_back().info.clause = std::move(clause);
    run.cases.back().verdict = verdict;
  };
  add("RFC 4975 10.4; CR 6.3.2.8 (8)", Verdict::pass);
  add("RFC 4975 8.2", Verdict::pass);
  add("RFC 3261 10.3", Verdict::pass);
  add("CR 6.3.2.8 (8)", Verdict::fail);
  run.cases.back().findings = {{.rule = "G7", .clause = "RFC 4975 8.2", .verdict = Verdict::fail}};
  std::vector<std::string> clauses;
  for (auto const& row : other_clauses(run)) clauses.push_back(row.clause + " " + std::string(to_string(row.verdict)));
  EXPECT_THAT(clauses, ElementsAre("RFC 3261 10.3 pass", "RFC 4975 8.2 fail", "RFC 4975 10.4 pass"));
  EXPECT_EQ(clause_table(run)[7].verdict, Verdict::pass) << "what failed is another document's";
}

}  // namespace
}  // namespace tollgate::reports
