#include "codec/sip/features.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipFeatures, ReadsFeatureParameters) {
  auto const read = parse_parameters(";+g.oma.sip-im;methods=\"INVITE,MESSAGE\";audio;+sip.x=\"<a b>\";q=0.5");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(feature(*read, "+G.oma.sip-im"), "");
  EXPECT_EQ(feature(*read, "+sip.x"), "<a b>");
  EXPECT_EQ(feature(*read, "video"), std::nullopt);
  EXPECT_TRUE(has_feature_value(*read, "methods", "message"));
  EXPECT_FALSE(has_feature_value(*read, "methods", "BYE"));
  EXPECT_TRUE(has_feature_value(*read, "audio", "TRUE"));
  EXPECT_TRUE(is_feature_tag("+g.oma.sip-im"));
  EXPECT_TRUE(is_feature_tag("Mobility"));
  EXPECT_FALSE(is_feature_tag("q"));
}

TEST(SipFeatures, ReadsAcceptContact) {
  auto message = Message::request("X", "a");
  message.add("a", "*;+g.oma.sip-im;require;explicit, *;audio").add("j", "*;video");
  auto const read = accept_contacts(message);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_TRUE((*read)[0].is_required);
  EXPECT_TRUE((*read)[0].is_explicit);
  EXPECT_FALSE((*read)[1].is_required);
  EXPECT_TRUE(reject_contacts(message)->front().features.has("video"));
  constexpr RefusedText all[] = {{"", 0, "ac-value"}, {"sip:a", 0, "ac-value"}, {"*a", 1, "SEMI"}};
  expect_refused(all, parse_accept_contact);
}

TEST(SipFeatures, KnowsAFeatureValue) {
  for (std::string_view const good : {R"("mobile")", R"("INVITE,!BYE,TRUE")", R"("#>=5.,#-2:+3.5,#=1")", R"("<a, (b)>")", R"("<>")"})
    EXPECT_TRUE(is_feature_value(good)) << good;
  for (std::string_view const bad :
       {"a", R"("")", "\"=()\"", R"("a,,b")", R"("a, b")", R"("#5")", R"("#>5")", R"("#=x")", R"("<a")", R"("<a>b>")"})
    EXPECT_FALSE(is_feature_value(bad)) << bad;
}

TEST(SipFeatures, ReadsRequestDisposition) {
  auto message = Message::request("X", "a");
  message.add("Request-Disposition", "proxy, No-Fork").add("d", "queue");
  auto const read = request_disposition(message);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(*read, (std::vector<std::string_view>{"proxy", "No-Fork", "queue"}));
  constexpr RefusedText all[] = {{"", 0, "directive"}, {"hurry", 0, "directive"}, {"fork ", 0, "directive"}};
  expect_refused(all, parse_directive);
}

}  // namespace tollgate::sip
