#include "codec/sip/addresses.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipAddresses, ReadsFromAndTo) {
  auto message = Message::request("X", "a");
  EXPECT_EQ(from(message).error().rule, "From");
  EXPECT_EQ(to(message).error().rule, "To");
  message.add("f", "<sip:a@b>;tag=1").add(Name::to, "sip:c@d;tag=2");
  ASSERT_TRUE(from(message));
  EXPECT_EQ(from(message)->tag(), "1");
  ASSERT_TRUE(to(message));
  EXPECT_EQ(to(message)->uri, "sip:c@d");
}

TEST(SipAddresses, ReadsEveryContactAndRoute) {
  auto message = Message::request("X", "a");
  ASSERT_TRUE(contacts(message));
  EXPECT_TRUE(contacts(message)->empty());
  message.add(Name::contact, "<sip:a@b>;expires=1, \"x,\" <sip:c@d>").add("m", "sip:e@f");
  message.add(Name::record_route, "<sip:p1;lr>").add(Name::record_route, "<sip:p2;lr>,<sip:p3;lr>");
  auto const read = contacts(message);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ((*read)[0].parameters.find("expires"), "1");
  EXPECT_EQ((*read)[1].uri, "sip:c@d");
  EXPECT_EQ((*read)[2].uri, "sip:e@f");
  auto const routes = record_route(message);
  ASSERT_TRUE(routes) << describe(routes.error());
  ASSERT_EQ(routes->size(), 3U);
  EXPECT_EQ((*routes)[2].uri, "sip:p3;lr");
}

TEST(SipAddresses, AStarIsAContactOnlyAlone) {
  auto message = Message::request("X", "a");
  message.add(Name::contact, "*");
  auto const star = contacts(message);
  ASSERT_TRUE(star);
  ASSERT_EQ(star->size(), 1U);
  EXPECT_EQ(star->front().uri, "*");
  message.add(Name::contact, "<sip:a@b>");
  EXPECT_FALSE(contacts(message));
}

TEST(SipAddresses, AnErrorInAListHasItsOffsetInTheField) {
  auto message = Message::request("X", "a");
  message.add(Name::contact, "<sip:a@b>, <sip:c@d");
  auto const read = contacts(message);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().offset, 19U);
  EXPECT_EQ(read.error().rule, "name-addr");
}

TEST(SipAddresses, RefusesWhatAHeaderForbids) {
  constexpr RefusedText tagged[] = {{"<sip:a@b>;tag", 10, "tag-param"}, {"<sip:a@b>;TAG=\"x\"", 10, "tag-param"}};
  expect_refused(tagged, parse_tagged);
  constexpr RefusedText contact[] = {
      {"<sip:a@b>;q=1.1", 10, "c-p-q"},
      {"<sip:a@b>;q", 10, "c-p-q"},
      {"<sip:a@b>;expires=-1", 10, "c-p-expires"},
      {"<sip:a@b>;expires=4294967296", 10, "c-p-expires"},
  };
  expect_refused(contact, parse_contact);
  constexpr RefusedText route[] = {{"sip:a@b;lr", 0, "name-addr"}, {"<sip:a@b", 8, "name-addr"}};
  expect_refused(route, parse_route);
  constexpr RefusedText identity[] = {{"<sip:a@b>;tag=1", 9, "PAssertedID-value"}, {"<http://a>", 1, "PAssertedID-value"}};
  expect_refused(identity, parse_identity);
  constexpr RefusedText info[] = {{"http://a", 0, "LAQUOT"}, {"<http://a>;=", 11, "generic-param"}};
  expect_refused(info, parse_info);
}

TEST(SipAddresses, ReadsEveryIdentityAndPath) {
  auto message = Message::request("X", "a");
  message.add("P-Asserted-Identity", "\"Al\" <sip:a@b>, tel:+14085264000").add("Path", "<sip:p;lr>");
  message.add("Service-Route", "<sip:s1;lr>,<sip:s2;lr>").add("Referred-By", "<sip:r@b>;cid=\"1@b\"");
  message.add("Reply-To", "sip:x@y").add("Refer-To", "<sip:z@y?Replaces=1>").add("P-Preferred-Identity", "sip:a@b");
  auto const asserted = p_asserted_identity(message);
  ASSERT_TRUE(asserted) << describe(asserted.error());
  ASSERT_EQ(asserted->size(), 2U);
  EXPECT_EQ((*asserted)[0].display_name, "\"Al\"");
  EXPECT_EQ((*asserted)[1].uri, "tel:+14085264000");
  EXPECT_EQ(path(message)->front().uri, "sip:p;lr");
  EXPECT_EQ(service_route(message)->size(), 2U);
  EXPECT_EQ(p_preferred_identity(message)->size(), 1U);
  EXPECT_TRUE(route(message)->empty());
  EXPECT_EQ(referred_by(message)->parameters.find("cid"), "\"1@b\"");
  EXPECT_EQ(reply_to(message)->uri, "sip:x@y");
  EXPECT_EQ(refer_to(message)->uri, "sip:z@y?Replaces=1");
}

}  // namespace tollgate::sip
