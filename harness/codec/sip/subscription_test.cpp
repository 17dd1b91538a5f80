#include "codec/sip/subscription.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipSubscription, ReadsEvent) {
  auto message = Message::request("SUBSCRIBE", "sip:a@b");
  message.add("o", "presence.winfo;id=17;x");
  auto const read = event(message);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->type, "presence.winfo");
  EXPECT_EQ(read->id, "17");
  EXPECT_TRUE(read->parameters.has("x"));
  constexpr RefusedText all[] = {{"", 0, "token"}, {".a", 0, "event-type"}, {"a..b", 0, "event-type"}, {"a.", 0, "event-type"}};
  expect_refused(all, parse_event);
}

TEST(SipSubscription, ReadsSubscriptionState) {
  auto message = Message::request("NOTIFY", "sip:a@b");
  message.add(Name::subscription_state, "terminated;reason=probation;retry-after=20;expires=0");
  auto const read = subscription_state(message);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->state, "terminated");
  EXPECT_EQ(read->reason, "probation");
  EXPECT_EQ(read->retry_after, 20U);
  EXPECT_EQ(read->expires, 0U);
  constexpr RefusedText all[] = {{"active;expires=soon", 7, "subexp-params"}, {"active;retry-after", 7, "subexp-params"}};
  expect_refused(all, parse_subscription_state);
}

}  // namespace tollgate::sip
