#include "reports/ladder_words.hpp"

#include <gmock/gmock.h>

namespace tollgate::reports {
namespace {

using testing::ElementsAre;

TEST(LadderWords, CutsBetweenCharacters) {
  EXPECT_EQ(shortened("INVITE", 6), "INVITE");
  EXPECT_EQ(shortened("INVITE", 5), "INVI…");
  EXPECT_EQ(shortened("äöüß", 4), "äöüß");
  EXPECT_EQ(shortened("äöüß", 3), "äö…");
  EXPECT_EQ(shortened("a\nb", 9), "a b");
  EXPECT_EQ(shortened("abc", 0), "…");
  EXPECT_EQ(length_of("äö…"), 3U);
}

TEST(LadderWords, BreaksLinesBetweenWords) {
  EXPECT_THAT(wrapped("withheld: answer to reserve_units", 20, 2), ElementsAre("withheld: answer to", "reserve_units"));
  EXPECT_THAT(wrapped("one", 20, 2), ElementsAre("one"));
  EXPECT_THAT(wrapped("", 20, 2), ElementsAre(""));
  EXPECT_THAT(wrapped("a longerthanthat b", 6, 4), ElementsAre("a", "longe…", "b"));
  EXPECT_THAT(wrapped("one two three four", 7, 2), ElementsAre("one two", "three …"));
}

}  // namespace
}  // namespace tollgate::reports
