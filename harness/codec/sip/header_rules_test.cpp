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
  EXPECT_TRUE(check_value(Name::allow, ""));
  EXPECT_TRUE(check_value(Name::in_reply_to, "a<b, c\"d"));
  for (std::string_view const bad : {",", "a,", "a,,b", ", a"})
    for (auto const name : {Name::supported, Name::allow, Name::accept_language, Name::accept_encoding, Name::require, Name::in_reply_to})
      EXPECT_FALSE(check_value(name, bad)) << canonical(name) << ": " << bad;
  EXPECT_FALSE(check_value(Name::accept, "a/b,,c/d"));
  constexpr RefusedText lists[] = {{"a, b c", 4, "token"}, {"a,", 2, "token"}, {"a,,b", 2, "token"}};
  expect_refused(lists, [](std::string_view text) { return check_value(Name::require, text); });
}

TEST(SipHeaderRules, CiteTheClauseOfTheirOwnField) {
  struct Row {
    Name name;
    std::string_view value, clause;
  };
  constexpr Row all[] = {
      {Name::route, "sip:a", "RFC 3261 20.34"},
      {Name::record_route, "sip:a", "RFC 3261 20.30"},
      {Name::path, "sip:a", "RFC 3327 4"},
      {Name::service_route, "sip:a", "RFC 3608 5"},
      {Name::alert_info, "a", "RFC 3261 20.4"},
      {Name::error_info, "a", "RFC 3261 20.18"},
      {Name::user_agent, "(", "RFC 3261 20.41"},
      {Name::in_reply_to, "a b", "RFC 3261 20.21"},
      {Name::p_preferred_identity, "<mailto:a@b>", "RFC 3325 9.2"},
      {Name::session_expires, "x", "RFC 4028 4"},
      {Name::min_se, "x", "RFC 4028 5"},
      {Name::min_expires, "x", "RFC 3261 20.23"},
      {Name::retry_after, "x", "RFC 3261 20.33"},
      {Name::from, "\"a", "RFC 3261 20.10"},
      {Name::require, "a b", "RFC 3261 25.1"},
  };
  for (auto const& [name, value, clause] : all) {
    auto const read = check_value(name, value);
    ASSERT_FALSE(read) << canonical(name);
    EXPECT_EQ(read.error().clause, clause) << canonical(name);
  }
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
