#include "codec/sip/list.hpp"

#include <gmock/gmock.h>

namespace tollgate::sip {

using testing::ElementsAre;

TEST(SipList, SplitsOutsideQuotesAndBrackets) {
  EXPECT_THAT(split_list("a , b,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(split_list(R"("x,\",y" <sip:a,b@c>,<sip:d>)"), ElementsAre(R"("x,\",y" <sip:a,b@c>)", "<sip:d>"));
  EXPECT_THAT(split_list(",a,"), ElementsAre("", "a", ""));
  EXPECT_THAT(split_list(""), ElementsAre(""));
  EXPECT_THAT(split_list("\"open, b"), ElementsAre("\"open, b"));
  EXPECT_THAT(split_list("<open, b"), ElementsAre("<open, b"));
  EXPECT_THAT(split_list("<sip:a?b=\">,c"), ElementsAre("<sip:a?b=\">", "c"));
}

TEST(SipList, AnEmptyElementStandsInItsText) {
  constexpr std::string_view text = "a, ,b";
  auto const elements = split_list(text);
  ASSERT_EQ(elements.size(), 3U);
  EXPECT_EQ(elements[1].data(), text.data() + 2) << "where it begins";
}

}  // namespace tollgate::sip
