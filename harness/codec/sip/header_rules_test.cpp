#include "codec/sip/header_rules.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipHeaderRules, EachNameHasOne) {
  for (std::size_t i = 1; i < name_count; ++i) {
    auto const& rule = rule_of(static_cast<Name>(i));
    EXPECT_EQ(rule.name, static_cast<Name>(i));
    EXPECT_TRUE(rule.clause.starts_with("RFC ")) << canonical(rule.name);
  }
}

TEST(SipHeaderRules, ReadListsElementByElement) {
  EXPECT_TRUE(check_value(Name::via, "SIP/2.0/UDP a;branch=z9hG4bK1, SIP/2.0/TCP b"));
  EXPECT_TRUE(check_value(Name::supported, ""));
  EXPECT_FALSE(check_value(Name::require, ""));
  EXPECT_TRUE(check_value(Name::accept, ""));
  constexpr RefusedText lists[] = {{"a, b c", 4, "token"}, {"a,", 2, "token"}, {"a,,b", 2, "token"}};
  expect_refused(lists, [](std::string_view text) { return check_value(Name::require, text); });
}

TEST(SipHeaderRules, HoldTelUrisToTheirOwn) {
  EXPECT_TRUE(check_value(Name::to, "<tel:+1201>"));
  constexpr RefusedText all[] = {{"<tel:1201>;tag=a", 9, "context"}};
  expect_refused(all, [](std::string_view text) { return check_value(Name::to, text); });
}

TEST(SipHeaderRules, LetOtherSchemesOfAuthenticationBe) {
  EXPECT_TRUE(check_value(Name::authorization, "NoOneKnowsThisScheme opaque-data=here"));
  EXPECT_FALSE(check_value(Name::authorization, "Digest opaque-data=here"));
  EXPECT_FALSE(check_value(Name::www_authenticate, "Digest realm=\"a\""));
}

}  // namespace tollgate::sip
