#include "reports/clauses.hpp"

#include <gmock/gmock.h>

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

}  // namespace
}  // namespace tollgate::reports
