#include "codec/sip/language.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipLanguage, ReadsTags) {
  for (std::string_view const good : {"en", "x-klingon", "zh-Hant-TW", "es-419"}) EXPECT_TRUE(parse_language_tag(good)) << good;
  constexpr RefusedText all[] = {{"", 0, "primary-tag"}, {"4u", 0, "primary-tag"},     {"internatio", 0, "primary-tag"},
                                 {"en-", 3, "subtag"},   {"en_GB", 2, "language-tag"}, {"*", 0, "primary-tag"}};
  expect_refused(all, parse_language_tag);
}

TEST(SipLanguage, HoldsWhatIsAcceptedToItsQvalue) {
  EXPECT_EQ(parse_language("en-gb;q=0.8;x=5")->value, "en-gb");
  EXPECT_TRUE(parse_language("*;q=1"));
  EXPECT_TRUE(parse_encoding("gzip ;q=1.000"));
  constexpr RefusedText languages[] = {{"en;q=5", 3, "qvalue"}, {"en_GB;q=1", 2, "language-tag"}, {"", 0, "token"}};
  expect_refused(languages, parse_language);
  constexpr RefusedText encodings[] = {{"gzip;q", 5, "qvalue"}, {"gzip;q=5", 5, "qvalue"}};
  expect_refused(encodings, parse_encoding);
}

}  // namespace tollgate::sip
