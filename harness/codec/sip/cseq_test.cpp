#include "codec/sip/cseq.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipCSeq, ReadsCSeq) {
  auto const folded = parse_cseq("2147483647\r\n\t INVITE");
  ASSERT_TRUE(folded) << describe(folded.error());
  EXPECT_EQ(folded->number, 2147483647U);
  EXPECT_EQ(folded->method, "INVITE");
  auto const zero = parse_cseq("0009 x-Y");
  ASSERT_TRUE(zero) << describe(zero.error());
  EXPECT_EQ(zero->number, 9U);
  EXPECT_EQ(zero->method, "x-Y");
}

TEST(SipCSeq, RefusesOtherCSeqs) {
  constexpr RefusedText all[] = {
      {"", 0, "CSeq"},
      {"INVITE", 0, "CSeq"},
      {"-1 INVITE", 0, "CSeq"},
      {"1", 1, "CSeq"},
      {"1 ", 2, "Method"},
      {"1INVITE", 1, "CSeq"},
      {"1 INVITE x", 8, "CSeq"},
      {"1 IN;VITE", 4, "CSeq"},
      {"2147483648 INVITE", 0, "CSeq"},
      {"99999999999999999999 INVITE", 0, "CSeq"},
  };
  expect_refused(all, parse_cseq);
  EXPECT_EQ(parse_cseq("2147483648 INVITE").error().clause, "RFC 3261 8.1.1.5");
}

TEST(SipCSeq, ReadsRAck) {
  auto const read = parse_rack("776656 1\r\n INVITE");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->response_number, 776656U);
  EXPECT_EQ(read->cseq.number, 1U);
  EXPECT_EQ(read->cseq.method, "INVITE");
  constexpr RefusedText all[] = {
      {"", 0, "RAck"},           {"x 1 INVITE", 0, "RAck"}, {"0 1 INVITE", 0, "response-num"}, {"1", 1, "RAck"},
      {"1 x INVITE", 2, "CSeq"}, {"1 1", 3, "CSeq"},        {"1 1 IN;VITE", 6, "CSeq"},        {"4294967296 1 INVITE", 0, "response-num"},
  };
  expect_refused(all, parse_rack);
}

}  // namespace tollgate::sip
