#include "rules/causality.hpp"

#include <gmock/gmock.h>

#include "rules/one_line_trace_test.hpp"

namespace tollgate::rules {
namespace {

ArrowSeen seen(std::string const& line, int from, int to = 0) {
  for (auto const& one : causality(OneLineTrace(line), {}))
    if (one.arrow.from == from && (to == 0 || one.arrow.to == to)) return one;
  return {};
}

TEST(Causality, AFlowThatRanThroughWasInOrderAndProvesNothing) {
  auto const all = causality(OneLineTrace("reserve grant invite ok send:1 200:1 debit:1 answer:2001 bye"), {});
  ASSERT_EQ(all.size(), arrows.size());
  for (auto const& one : all) {
    EXPECT_EQ(one.in_order, 1U) << one.arrow.says;
    EXPECT_EQ(one.too_early, 0U) << one.arrow.says;
    EXPECT_FALSE(one.proved) << one.arrow.says;
  }
}

TEST(Causality, AnAnswerThatWasWithheldInSilenceProves) {
  EXPECT_TRUE(seen("reserve +2s grant invite", 4).proved);
  EXPECT_FALSE(seen("reserve +1s grant invite", 4).proved) << "held for less than the SUT may take to react";
  EXPECT_FALSE(seen("reserve +2s grant +3s invite", 4).proved) << "the release did not bring it";
  EXPECT_TRUE(seen("reserve grant invite +3s ok send:1", 6).proved);
  EXPECT_TRUE(seen("reserve grant invite ok send:1 +3s 200:1 debit:1", 10).proved);
  EXPECT_TRUE(seen("reserve grant invite ok send:1 200:1 debit:1 +3s answer:2001 bye", 9).proved);
}

TEST(Causality, WhatComesWhileTheAnswerIsWithheldIsTooEarly) {
  auto const invite = seen("reserve invite +3s grant", 4);
  EXPECT_EQ(invite.too_early, 1U);
  EXPECT_EQ(invite.in_order, 0U);
  EXPECT_FALSE(invite.proved);
  EXPECT_FALSE(seen("reserve invite +3s grant invite:2", 4).proved) << "it had come before";
}

TEST(Causality, AnotherPushOrAnotherPartyNeedsItsOwnAnswer) {
  EXPECT_EQ(seen("reserve grant invite busy reserve invite", 4).too_early, 1U);
  EXPECT_EQ(seen("reserve grant b.reserve b.invite", 4).too_early, 1U);
}

TEST(Causality, ADebitAtTheTimeLimitNeedsNoAnswer) {
  EXPECT_EQ(seen("reserve grant invite ok send:1 +30s debit:1", 10).too_early, 0U);
  EXPECT_EQ(seen("reserve grant invite ok send:1 +29s debit:1", 10).too_early, 1U);
}

TEST(Causality, ADebitForALostSessionNeedsNoAnswer) {
  EXPECT_EQ(seen("reserve grant invite ok send:1 lost debit:1", 10).too_early, 0U);
  EXPECT_EQ(seen("reserve grant invite ok send:1 hangs-up debit:1", 10).too_early, 0U);
  EXPECT_EQ(seen("reserve grant invite ok send:1 debit:1 lost", 10).too_early, 0U) << "two sockets";
  EXPECT_EQ(seen("reserve grant invite ok send:1 debit:1 +1 lost", 10).too_early, 1U);
}

TEST(Causality, AByeNeedsTheAnswerToEverySend) {
  EXPECT_EQ(seen("reserve:2 grant:2 invite ok send:1 send:2 200:1 bye", 10, 11).too_early, 1U);
  EXPECT_EQ(seen("reserve:2 grant:2 invite ok send:1 send:2 200:1 +30s bye", 10, 11).too_early, 0U) << "the time limit";
  EXPECT_EQ(seen("reserve:2 grant:2 invite ok send:1 send:2 200:1 200:2 bye", 10, 11).in_order, 1U);
  EXPECT_TRUE(seen("reserve grant invite ok send:1 +3s 200:1 debit:1 answer:2001 bye", 10, 11).proved);
}

/// Of a 200 that was forked the SUT ends one dialog at once (RFC 3261 13.2.2.4).
TEST(Causality, TheByeOfAForkNeedsNoAnswer) {
  std::string const forked = "reserve grant invite ok fork:other ok ";
  EXPECT_EQ(seen(forked + "fork send:1 fork:other bye", 10, 11).too_early, 0U);
  EXPECT_EQ(seen(forked + "fork send:1 bye", 10, 11).too_early, 1U) << "of the session itself";
  EXPECT_EQ(seen(forked + "bye fork send:1 200:1 bye", 10, 11).in_order, 1U);
  EXPECT_EQ(seen(forked + "fork call:9 send:1 bye", 10, 11).too_early, 0U) << "of another call";
  EXPECT_TRUE(seen(forked + "fork send:1 fork:other bye fork +3s 200:1 bye", 10, 11).proved) << "nothing of its own had come";
}

TEST(Causality, AByeNeedsNoAnswerToTheDebitWhenTxHasPassed) {
  EXPECT_EQ(seen("reserve grant invite ok send:1 200:1 debit:1 +9s bye", 9).too_early, 1U);
  EXPECT_EQ(seen("reserve grant invite ok send:1 200:1 debit:1 +10s bye", 9).too_early, 0U);
}

TEST(Causality, ADebitForTheFirstOfSeveralMessagesIsInOrder) {
  EXPECT_EQ(seen("reserve grant invite ok send:1 200:1 send:2 debit:1", 10).in_order, 1U);
}

}  // namespace
}  // namespace tollgate::rules
