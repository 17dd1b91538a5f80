#include "codec/sip/subscriber.hpp"

#include <gtest/gtest.h>

namespace tollgate::sip {
namespace {

TEST(Subscriber, ANumberIsReadFromEverySpelling) {
  for (auto const* address : {"12015550123", "+12015550123", "tel:+1-201-555-0123", "tel:+12015550123;ext=7",
                              "sip:+12015550123@ims.example", "sips:+1.201.555.0123@h;user=phone"})
    EXPECT_EQ(e164(address), "12015550123") << address;
  for (auto const* address : {"", "+", "sip:12015550123@ims.example", "sip:alice@ims.example", "tel:5550123;phone-context=+1201",
                              "1234567890123456", "urn:+12015550123", "12a", "1-2"})
    EXPECT_EQ(e164(address), "") << address;
}

TEST(Subscriber, ANumberIsItsUrisUser) {
  EXPECT_TRUE(is_same_user("12015550123", "sip:+12015550123@ims.example"));
  EXPECT_TRUE(is_same_user("sip:+12015550123@ims.example", "tel:+12015550123"));
  EXPECT_TRUE(is_same_user("sip:alice@IMS.example:5060", "sip:alice@ims.example"));
  EXPECT_TRUE(is_same_user("anything", "anything"));
  EXPECT_FALSE(is_same_user("12015550124", "sip:+12015550123@ims.example"));
  EXPECT_FALSE(is_same_user("sip:+12015550123@a.example", "sip:+12015550123@b.example")) << "two domains";
  EXPECT_FALSE(is_same_user("alice", "sip:alice@ims.example"));
  EXPECT_FALSE(is_same_user("", "sip:alice@ims.example"));
}

}  // namespace
}  // namespace tollgate::sip
