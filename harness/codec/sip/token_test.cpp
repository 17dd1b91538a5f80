#include "codec/sip/token.hpp"

#include <gmock/gmock.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

using testing::ElementsAre;

TEST(SipToken, ReadsListsOverFields) {
  auto message = Message::request("X", "a");
  message.add("k", "100rel , timer").add(Name::supported, "").add(Name::supported, "Path");
  EXPECT_THAT(*tokens(message, Name::supported), ElementsAre("100rel", "timer", "Path"));
  EXPECT_TRUE(lists(message, Name::supported, "path"));
  EXPECT_FALSE(lists(message, Name::supported, "pat"));
  EXPECT_FALSE(lists(message, Name::require, "path"));
  EXPECT_TRUE(tokens(message, Name::require)->empty());
}

TEST(SipToken, ReadsOne) {
  auto message = Message::request("X", "a");
  message.add(Name::priority, "non-urgent").add(Name::privacy, "id; header");
  EXPECT_EQ(*token(message, Name::priority), "non-urgent");
  EXPECT_THAT(*privacy(message), ElementsAre("id", "header"));
  EXPECT_EQ(token(message, Name::sip_etag).error().detail, "missing");
}

TEST(SipToken, RefusesTheRest) {
  constexpr RefusedText all[] = {{"", 0, "token"}, {"a b", 1, "token"}, {"\"a\"", 0, "token"}};
  expect_refused(all, parse_token);
  constexpr RefusedText values[] = {{"id;", 3, "priv-value"}, {"id,user", 0, "priv-value"}};
  expect_refused(values, parse_privacy);
}

}  // namespace tollgate::sip
