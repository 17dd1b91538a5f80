#include "codec/sip/name_addr.hpp"

#include <gmock/gmock.h>

#include "codec/sip/message.hpp"
#include "codec/sip/refused_test.hpp"

namespace tollgate::sip {

using testing::ElementsAre;

TEST(SipNameAddr, ReadsEveryForm) {
  struct Good {
    std::string_view text, display_name, uri, tag;
    std::size_t parameters;
  };
  constexpr Good all[] = {
      {"<sip:a@b>", "", "sip:a@b", "", 0},
      {"<sip:a@b;lr>;tag=x", "", "sip:a@b;lr", "x", 1},
      {"sip:a@b;tag=x;y", "", "sip:a@b", "x", 2},
      {"sip:a@b ; tag = x", "", "sip:a@b", "x", 1},
      {"Al Ice <sip:a@b>", "Al Ice", "sip:a@b", "", 0},
      {"Alice<sip:a@b>", "Alice", "sip:a@b", "", 0},
      {"\"A \\\"<,;>\" <sip:a@b?c=d> ;tag=1", "\"A \\\"<,;>\"", "sip:a@b?c=d", "1", 1},
      {"\"\"<tel:1>", "\"\"", "tel:1", "", 0},
      {" \r\n <sip:a@b>\r\n ;tag=x", "", "sip:a@b", "x", 1},
      {"sip:a@b;x=\"<\"", "", "sip:a@b", "", 1},
  };
  for (auto const& good : all) {
    auto const read = parse_name_addr(good.text);
    ASSERT_TRUE(read) << good.text << describe(read.error());
    EXPECT_EQ(read->display_name, good.display_name) << good.text;
    EXPECT_EQ(read->uri, good.uri) << good.text;
    EXPECT_EQ(read->tag(), good.tag) << good.text;
    EXPECT_EQ(read->parameters.list.size(), good.parameters) << good.text;
  }
}

TEST(SipNameAddr, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"", 0, "addr-spec"},
      {"\"Al <sip:a@b>", 0, "display-name"},
      {"\"Al\" sip:a@b", 5, "name-addr"},
      {"\"Al\" Ice <sip:a@b>", 5, "name-addr"},
      {"Al;Ice <sip:a@b>", 2, "scheme"},
      {"<sip:a@b", 8, "name-addr"},
      {"<>", 1, "scheme"},
      {"< sip:a@b>", 1, "scheme"},
      {"<sip:a@b >", 8, "addr-spec"},
      {"<sip:a@b> x", 10, "SEMI"},
      {"<sip:a@b>;tag=", 14, "gen-value"},
      {"sip:a@b?c=d", 7, "addr-spec"},
      {"sip:a,b@c", 5, "addr-spec"},
      {"*", 1, "scheme"},
  };
  expect_refused(all, parse_name_addr);
}

TEST(SipNameAddr, SplitsOutsideQuotesAndBrackets) {
  EXPECT_THAT(split_list("a , b,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(split_list(R"("x,\",y" <sip:a,b@c>,<sip:d>)"), ElementsAre(R"("x,\",y" <sip:a,b@c>)", "<sip:d>"));
  EXPECT_THAT(split_list(",a,"), ElementsAre("", "a", ""));
  EXPECT_THAT(split_list(""), ElementsAre(""));
  EXPECT_THAT(split_list("\"open, b"), ElementsAre("\"open, b"));
  EXPECT_THAT(split_list("<open, b"), ElementsAre("<open, b"));
  EXPECT_THAT(split_list("<sip:a?b=\">,c"), ElementsAre("<sip:a?b=\">", "c"));
}

TEST(SipNameAddr, ReadsFromAndTo) {
  auto message = Message::request("X", "a");
  EXPECT_EQ(from(message).error().rule, "From");
  EXPECT_EQ(to(message).error().rule, "To");
  message.add("f", "<sip:a@b>;tag=1").add(Name::to, "sip:c@d;tag=2");
  ASSERT_TRUE(from(message));
  EXPECT_EQ(from(message)->tag(), "1");
  ASSERT_TRUE(to(message));
  EXPECT_EQ(to(message)->uri, "sip:c@d");
}

TEST(SipNameAddr, ReadsEveryContactAndRoute) {
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

TEST(SipNameAddr, AStarIsAContactOnlyAlone) {
  auto message = Message::request("X", "a");
  message.add(Name::contact, "*");
  auto const star = contacts(message);
  ASSERT_TRUE(star);
  ASSERT_EQ(star->size(), 1U);
  EXPECT_EQ(star->front().uri, "*");
  message.add(Name::contact, "<sip:a@b>");
  EXPECT_FALSE(contacts(message));
}

TEST(SipNameAddr, AnErrorInAListHasItsOffsetInTheField) {
  auto message = Message::request("X", "a");
  message.add(Name::contact, "<sip:a@b>, <sip:c@d");
  auto const read = contacts(message);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().offset, 19U);
  EXPECT_EQ(read.error().rule, "name-addr");
}

}  // namespace tollgate::sip
