#include "codec/sip/number.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

static Message with(Name name, std::string_view value) {
  auto message = Message::request("X", "a");
  message.add(name, value);
  return message;
}

TEST(SipNumber, ReadsNumbers) {
  EXPECT_EQ(content_length(with(Name::content_length, "0042")), 42U);
  EXPECT_EQ(content_length(with(Name::content_length, "18446744073709551615")), SIZE_MAX);
  EXPECT_EQ(expires(with(Name::expires, "4294967295")), 4294967295U);
  EXPECT_EQ(max_forwards(with(Name::max_forwards, "0")), 0U);
  EXPECT_EQ(max_forwards(with(Name::max_forwards, "255")), 255U);
}

TEST(SipNumber, RefusesOtherNumbers) {
  constexpr RefusedText lengths[] = {
      {"", 0, "Content-Length"},
      {"-1", 0, "Content-Length"},
      {"5 5", 1, "Content-Length"},
      {"5a", 1, "Content-Length"},
      {"18446744073709551616", 0, "Content-Length"},
  };
  expect_refused(lengths, [](std::string_view text) { return content_length(with(Name::content_length, text)); });
  constexpr RefusedText seconds[] = {{"4294967296", 0, "delta-seconds"}, {"3600s", 4, "delta-seconds"}};
  expect_refused(seconds, [](std::string_view text) { return expires(with(Name::expires, text)); });
  constexpr RefusedText hops[] = {{"256", 0, "Max-Forwards"}, {"+1", 0, "Max-Forwards"}};
  expect_refused(hops, [](std::string_view text) { return max_forwards(with(Name::max_forwards, text)); });
}

TEST(SipNumber, ReadsRSeqFromOne) {
  EXPECT_EQ(rseq(with(Name::rseq, "1")), 1U);
  EXPECT_EQ(rseq(with(Name::rseq, "4294967295")), 4294967295U);
  EXPECT_EQ(min_expires(with(Name::min_expires, "60")), 60U);
  constexpr RefusedText all[] = {{"0", 0, "RSeq"}, {"4294967296", 0, "RSeq"}, {"", 0, "RSeq"}};
  expect_refused(all, parse_rseq);
}

TEST(SipNumber, KnowsAQvalue) {
  for (std::string_view const good : {"0", "1", "0.", "1.", "0.7", "0.333", "1.000"}) EXPECT_TRUE(is_qvalue(good)) << good;
  for (std::string_view const bad : {"", "2", "1.1", "0.1234", ".5", "0,5", "-0", "00", "0.x"}) EXPECT_FALSE(is_qvalue(bad)) << bad;
}

}  // namespace tollgate::sip
