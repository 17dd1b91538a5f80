#include "runner/declaration.hpp"

#include <gmock/gmock.h>

#include "runner/axes.hpp"

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

TEST(Declaration, OfEachAxisIsWhatIsPossibleOnIt) {
  Profile profile;
  for (auto const& axis : axes()) {
    if (axis.declared == nullptr) continue;
    for (auto const& [word, value] : axis.words) {
      Profile declared{.bundle = axis.key == "note" && word == "msrp"          ? "CR-NOTE"
                                 : allowed_by("TWELVE-STEP", axis.key).empty() ? "TWELVE-STEP"
                                                                               : "CR-LIST"};
      declared.*axis.declared = word;
      EXPECT_THAT(possible(declared, value), testing::ElementsAre(value)) << axis.key;
      std::vector<std::string> const words{std::string(value)};
      EXPECT_TRUE(is_certain(declared, words)) << value;
    }
  }
  EXPECT_THAT(possible(profile, "D-ALL"), testing::ElementsAre("D-FIRST", "D-EACH", "D-PRE"));
  EXPECT_THAT(possible(profile, "Q-SOFT"), testing::ElementsAre("Q-COUNT"));
  EXPECT_TRUE(terms_of({.quota = "soft"}, {}).may_exceed_grant);
}

/// It answers the SUT's SENDs itself, when nobody sees.
TEST(Declaration, OfAnMsrpRelayLeavesTheTriggerOpen) {
  Ixit timers;
  EXPECT_FALSE(terms_of({}, timers).debit_before_outcome);
  timers.msrp_relay = "msrp://127.0.0.9:2855;tcp";
  EXPECT_TRUE(terms_of({}, timers).debit_before_outcome);
  auto const declared = declaration_in(facts_of({}, timers));
  ASSERT_TRUE(declared);
  EXPECT_TRUE(terms_of(*declared).debit_before_outcome) << "`tollgate judge` goes by the same";
}

TEST(Declaration, OfANoteThatTheDebitContradictsIsRefused) {
  EXPECT_THAT(contradiction({.note = "msrp"}).value_or(""), HasSubstr("bundle TWELVE-STEP has note bye, not \"msrp\""));
  EXPECT_FALSE(contradiction({.bundle = "CR-NOTE", .note = "msrp"}));
  EXPECT_THAT(contradiction({.bundle = "CR-NOTE", .note = "bye"}).value_or(""), HasSubstr("CR-NOTE"));
}

TEST(Declaration, OfUnlistedOutcomesThatTheBundleSettlesIsRefused) {
  for (auto const& bundle : bundle_names()) {
    auto const why = contradiction({.bundle = bundle, .unlisted = "strict"});
    EXPECT_EQ(why.has_value(), bundle != "CR-NOTE") << bundle << ": there no outcome triggers a debit";
    EXPECT_FALSE(contradiction({.bundle = bundle, .unlisted = "settle"})) << bundle;
  }
  EXPECT_THAT(contradiction({.bundle = "CR-ALL", .unlisted = "strict"}).value_or(""), HasSubstr("bundle CR-ALL has unlisted settle"));
}

TEST(Declaration, OfEventsAloneIsForABundleThatLeavesTheCreditOpen) {
  EXPECT_FALSE(contradiction({.credit = "literal"}));
  EXPECT_TRUE(contradiction({.bundle = "CR-ALL", .credit = "literal"}));
  EXPECT_THAT(possible({}, "C-ECUR"), testing::ElementsAre("C-ECUR", "C-ECURU", "C-SPLIT")) << "it has to be declared";
}

TEST(Declaration, ABundleWhoseUnlistedOutcomesTheRunContradictsDoesNotFit) {
  EXPECT_THAT(fitting_bundles({{"debit", "all"}, {"unlisted", "settle"}}), testing::ElementsAre("CR-LIST", "CR-ALL", "3GPP-ECUR"));
  EXPECT_THAT(fitting_bundles({{"debit", "all"}, {"unlisted", "strict"}}), testing::IsEmpty());
  EXPECT_THAT(fitting_bundles({{"debit", "pre"}, {"note", "msrp"}}), testing::ElementsAre("CR-NOTE"));
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

TEST(Declaration, HasTheWitnessesOfTheVerdict) {
  EXPECT_THAT(declaration_in({{"witnesses", "11 14"}})->witnesses, testing::ElementsAre(11U, 14U));
  EXPECT_THAT(declaration_in({})->witnesses, testing::IsEmpty());
  EXPECT_THAT(declaration_in({{"witnesses", "11 x"}}).error(), HasSubstr("witnesses"));
}

}  // namespace
}  // namespace tollgate
