#include <gtest/gtest.h>

#include "codec/msrp/views.hpp"
#include "codec/refused_test.hpp"

namespace tollgate::msrp {

TEST(MsrpByteRange, WritesWhatItReads) {
  for (std::string_view const text : {"1-5/5", "1-*/*", "1-*/8", "5-8/8", "1-0/0", "5-4/*", "2049-4096/*", "9-*/8",
                                      "18446744073709551615-18446744073709551615/18446744073709551615"}) {
    auto const range = parse_byte_range(text);
    ASSERT_TRUE(range) << text << describe(range.error());
    EXPECT_EQ(write(*range), text);
  }
}

TEST(MsrpByteRange, ReadsNumbersAndStars) {
  auto const range = parse_byte_range("5-*/8");
  ASSERT_TRUE(range);
  EXPECT_EQ(range->start, 5U);
  EXPECT_EQ(range->end, std::nullopt);
  EXPECT_EQ(range->total, 8U);
}

TEST(MsrpByteRange, RefusesWithOffsetAndRule) {
  constexpr RefusedText all[] = {
      {"", 0, "Byte-Range"},
      {"1", 1, "Byte-Range"},
      {"1-5", 3, "Byte-Range"},
      {"1/5-5", 5, "Byte-Range"},
      {"-5/5", 0, "range-start"},
      {"-1-5/5", 0, "range-start"},
      {"*-5/5", 0, "range-start"},
      {"+1-5/5", 0, "range-start"},
      {"1 -5/5", 1, "range-start"},
      {"0-5/5", 0, "range-start"},
      {"1-/5", 2, "range-end"},
      {"1-5x/5", 3, "range-end"},
      {"1-**/5", 2, "range-end"},
      {"9-5/5", 2, "range-end"},
      {"9-7/*", 2, "range-end"},
      {"1-5/", 4, "total"},
      {"1-5/5 ", 5, "total"},
      {"1-5/5/5", 5, "total"},
      {"1-500/5", 6, "total"},
      {"10-*/5", 5, "total"},
      {"1-5/18446744073709551616", 4, "total"},
      {"18446744073709551616-*/*", 0, "range-start"},
  };
  expect_refused(all, parse_byte_range);
}

TEST(MsrpByteRange, AbsentMeansFromTheStart) {
  auto const range = byte_range(Message::request("abcd", "SEND"));
  ASSERT_TRUE(range);
  EXPECT_EQ(write(*range), "1-*/*");
  EXPECT_FALSE(byte_range(Message::request("abcd", "SEND").add("Byte-Range", "5-1/5")));
}

}  // namespace tollgate::msrp
