#include "codec/utf8.hpp"

#include <gtest/gtest.h>
#include <string>

namespace tollgate {

TEST(Utf8, ReadsEverySizeOfSequenceToTheEnd) {
  using namespace std::string_view_literals;
  for (auto const text : {""sv, "a"sv, "\0"sv, "0123456789abcdef"sv, "\xc2\x80"sv, "\xdf\xbf"sv, "\xe0\xa0\x80"sv, "\xed\x9f\xbf"sv,
                          "\xee\x80\x80"sv, "\xf0\x90\x80\x80"sv, "\xf4\x8f\xbf\xbf"sv})
    EXPECT_EQ(first_not_utf8(text), text.size());
}

TEST(Utf8, FindsTheFirstOctetThatIsNone) {
  for (std::string const wrong : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2 ", "\xe0\x9f\xbf", "\xe1\x80", "\xed\xa0\x80",
                                  "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"})
    for (std::size_t before = 0; before < 20; ++before) EXPECT_EQ(first_not_utf8(std::string(before, 'a') + wrong + "bc"), before);
}

}  // namespace tollgate
