#include "runner/claims.hpp"

#include <gtest/gtest.h>

#include "runner/plan.hpp"

namespace tollgate {
namespace {

TEST(Claims, ACaseThatNeedsMoreIsNotApplicableAndSaysWhy) {
  Case const what{.info = {.id = "T-01"}, .where = {}, .ambiguity = {}, .needs = {"sip_tcp", "tls"}, .run = {}};
  Case const* const plan[] = {&what};
  auto const results = plan_results(plan, {}, {"sip_tcp"});
  EXPECT_EQ(results[0].verdict, Verdict::na);
  EXPECT_EQ(results[0].because, "ICS: this purpose needs tls, which the SUT does not claim");
  EXPECT_EQ(plan_results(plan, {}, {"sip_tcp", "tls"})[0].verdict, Verdict::error);  // incomplete: it is to run
}

TEST(Claims, ACaseThatNeedsTheirAbsenceSaysSo) {
  Case const what{.info = {.id = "T-01"}, .where = {}, .ambiguity = {}, .needs = {"!cema"}, .run = {}};
  Case const* const plan[] = {&what};
  EXPECT_EQ(plan_results(plan, {}, {"sip_tcp"})[0].verdict, Verdict::error);  // incomplete: it is to run
  auto const results = plan_results(plan, {}, {"cema"});
  EXPECT_EQ(results[0].verdict, Verdict::na);
  EXPECT_EQ(results[0].because, "ICS: this purpose does not hold for a SUT that claims cema");
}

TEST(Claims, OfTheReferenceServerAreKnown) {
  for (auto const& claim : reference_server_claims())
    if (claim != claim_store && claim != claim_diameter && !claim.ends_with("_peer"))
      EXPECT_NE(std::ranges::find(known_claims(), claim), known_claims().end()) << claim;
  for (auto const& claim : default_claims()) EXPECT_TRUE(reference_server_claims().contains(claim)) << claim;
}

}  // namespace
}  // namespace tollgate
