#include "runner/declaration.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

using testing::HasSubstr;

TEST(Declaration, MakesTheTermsOfTheRules) {
  Ixit timers;
  timers.msrp_transaction = 3s;
  auto const terms = terms_of({.bundle = "CR-LIST", .debit = "all"}, timers);
  EXPECT_EQ(terms.msrp_transaction_ns, 3'000'000'000);
  EXPECT_EQ(terms.epsilon_ns, 20'000'000);
  EXPECT_TRUE(terms.flat_units);
  EXPECT_FALSE(terms.debit_before_outcome);
  EXPECT_TRUE(terms_of({.bundle = "CR-NOTE"}, timers).debit_before_outcome);
}

TEST(Declaration, SurvivesTheHeaderOfATrace) {
  Ixit timers;
  timers.msrp_transaction = 7s;
  timers.live = 123ms;
  trace::Trace trace;
  trace.declare(facts_of({.bundle = "CR-NOTE", .debit = "pre", .units = "sent"}, timers));
  auto const again = trace::load(trace::save(trace));
  ASSERT_TRUE(again);
  auto const declared = declaration_in(again->facts());
  ASSERT_TRUE(declared) << declared.error();
  EXPECT_EQ(declared->profile.bundle, "CR-NOTE");
  EXPECT_EQ(declared->profile.debit, "pre");
  EXPECT_EQ(declared->profile.credit, "");
  EXPECT_EQ(declared->timers.msrp_transaction, 7s);
  EXPECT_EQ(declared->timers.live, 123ms);
}

TEST(Declaration, OfATraceWithoutFactsIsTheStandards) {
  auto const declared = declaration_in({});
  ASSERT_TRUE(declared);
  EXPECT_EQ(declared->profile.bundle, "TWELVE-STEP");
  EXPECT_EQ(declared->timers.msrp_transaction, 30s);
}

TEST(Declaration, RefusesFactsThatCannotBe) {
  EXPECT_THAT(declaration_in({{"bundle", "NO-SUCH"}}).error(), HasSubstr("NO-SUCH"));
  EXPECT_THAT(declaration_in({{"live_ns", "soon"}}).error(), HasSubstr("live_ns"));
  EXPECT_THAT(declaration_in({{"live_ns", "99999999999999999999"}}).error(), HasSubstr("live_ns"));
}

}  // namespace
}  // namespace tollgate
