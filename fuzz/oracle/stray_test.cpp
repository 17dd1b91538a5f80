#include "fuzz/oracle/stray.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

TEST(SubscriberName, IsFoundHoweverItIsWritten) {
  SubscriberName const name("sip:Victim.1@ims.example");
  for (auto const* const text :
       {"To: <sip:Victim.1@else.example>", "tel:victim1", "sip:vi%63tim.1;x", "sip:vic\x01tim%00.1@h", "victim.12"})
    EXPECT_TRUE(name.is_in(text)) << text;
  for (auto const* const text : {"", "To: <sip:victim@ims.example>", "sip:ims.example"}) EXPECT_FALSE(name.is_in(text)) << text;
}

TEST(SubscriberName, IsTheNumberWhereThereIsNoUser) {
  for (auto const* const one : {"tel:+1-555-0100;ext=1", "15550100"}) EXPECT_TRUE(SubscriberName(one).is_in("<tel:+15550100>")) << one;
  EXPECT_FALSE(SubscriberName("tel:+15550100").is_in("tel:+15550199"));
}

TEST(SubscriberName, IsOfWhatIsNoUriToo) {
  EXPECT_TRUE(SubscriberName("sip:vic tim@ims.example").is_in("To: vic tim"));
  EXPECT_FALSE(SubscriberName("sip:vic tim@ims.example").is_in("To: vic"));
}

/// Who is charged as nobody cannot be looked for.
TEST(SubscriberName, IsEverywhereWhereItIsNone) {
  for (auto const* const one : {"", "sip:ims.example", "sip:%2e%2e@ims.example"}) EXPECT_TRUE(SubscriberName(one).is_in("x")) << one;
}

TEST(SubscriberName, IsSentWhereItGoesOut) {
  SubscriberName const name("sip:victim@ims.example");
  trace::Trace trace;
  trace.record({.direction = trace::Direction::received, .octets = "victim"});
  EXPECT_FALSE(name.is_sent_in(trace));
  trace.record({.channel = trace::Channel::msrp, .direction = trace::Direction::sent, .octets = "victim"});
  EXPECT_TRUE(name.is_sent_in(trace));
}

TEST(ChargeForNobody, IsOneProblemForEachStep) {
  auto const one = charge_for_nobody("sip:victim@ims.example", "reserve_units");
  EXPECT_EQ(one.kind, "wrong-user");
  EXPECT_EQ(one.bucket, "stray reserve_units");
  EXPECT_EQ(one.bucket, charge_for_nobody("sip:another@ims.example", "reserve_units").bucket);
  EXPECT_NE(one.bucket, charge_for_nobody("sip:victim@ims.example", "debit_units").bucket);
  EXPECT_THAT(one.says, testing::StartsWith("'sip:victim@ims.example' is charged, by reserve_units, "));
  EXPECT_FALSE(is_its_own_word(one));
}

}  // namespace
}  // namespace tollgate::fuzz
