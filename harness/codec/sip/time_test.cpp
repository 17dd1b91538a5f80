#include "codec/sip/time.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipTime, ReadsDate) {
  auto const read = parse_date("Sat, 13 Nov 2010 23:29:00 GMT");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->year, 2010U);
  EXPECT_EQ(read->month, 11U);
  EXPECT_EQ(read->day, 13U);
  EXPECT_EQ(read->hour, 23U);
  EXPECT_EQ(read->minute, 29U);
  EXPECT_EQ(read->second, 0U);
  constexpr RefusedText all[] = {
      {"", 0, "SIP-date"},
      {"Sat, 13 Nov 10 23:29:00 GMT", 0, "SIP-date"},
      {"Sat, 13 Nov 2010 23:29:00 EST", 26, "SIP-date"},
      {"Sat, 13 Nov 2010 23:29:00 ", 26, "SIP-date"},
      {"sat, 13 Nov 2010 23:29:00 GMT", 0, "wkday"},
      {"Sat, 13 NOV 2010 23:29:00 GMT", 8, "month"},
      {"Sat, 13 Nov 2010 23:29:00 gmt", 26, "SIP-date"},
      {"Xat, 13 Nov 2010 23:29:00 GMT", 0, "wkday"},
      {"Sat, 13 Nox 2010 23:29:00 GMT", 8, "month"},
      {"Sat, 32 Nov 2010 23:29:00 GMT", 5, "date1"},
      {"Sat, 13 Nov 2010 24:00:00 GMT", 17, "time"},
  };
  expect_refused(all, parse_date);
}

TEST(SipTime, ReadsTimestamp) {
  EXPECT_EQ(parse_timestamp("54.21 0.5")->time, "54.21");
  EXPECT_EQ(parse_timestamp("54.21 0.5")->delay, "0.5");
  EXPECT_EQ(parse_timestamp("54")->delay, "");
  constexpr RefusedText all[] = {{"", 0, "Timestamp"}, {".5", 0, "Timestamp"}, {"5 x", 2, "Timestamp"}, {"5.5.5", 3, "Timestamp"}};
  expect_refused(all, parse_timestamp);
}

TEST(SipTime, ReadsRetryAfter) {
  auto message = Message::response(503, "x");
  message.add(Name::retry_after, "18000 (in a (long) meeting) ;duration=3600;x=y");
  auto const read = retry_after(message);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->seconds, 18000U);
  EXPECT_EQ(read->comment, "(in a (long) meeting)");
  EXPECT_EQ(read->duration, 3600U);
  constexpr RefusedText all[] = {{"soon", 0, "delta-seconds"},
                                 {"1 (x", 2, "comment"},
                                 {"120;x=y;duration=abc", 17, "retry-param"},
                                 {"1;x;duration", 1, "retry-param"},
                                 {"1 x", 2, "SEMI"}};
  expect_refused(all, parse_retry_after);
}

}  // namespace tollgate::sip
