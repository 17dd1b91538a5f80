#include "runner/late_answer.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

trace::Trace answered_after(Duration late) {
  trace::Trace trace;
  auto const request = trace.record({.at_ns = 5, .channel = trace::Channel::ch2, .direction = trace::Direction::received});
  trace.record({.at_ns = 6, .channel = trace::Channel::ch2, .direction = trace::Direction::received});
  trace.record({.at_ns = 5 + late.count(), .channel = trace::Channel::ch2, .direction = trace::Direction::sent, .about = request});
  return trace;
}

TEST(LateAnswer, IsOneThatTheServerNeedNotHaveWaitedFor) {
  EXPECT_EQ(answered_too_late(answered_after(10s + 1ns), 10s), 3U);
  EXPECT_EQ(answered_too_late(answered_after(10s), 10s), std::nullopt);
  EXPECT_EQ(answered_too_late({}, 10s), std::nullopt);
}

TEST(LateAnswer, IsNoneOnAnotherChannel) {
  trace::Trace trace;
  auto const request = trace.record({.channel = trace::Channel::msrp});
  trace.record({.at_ns = Duration(60s).count(), .channel = trace::Channel::msrp, .direction = trace::Direction::sent, .about = request});
  EXPECT_EQ(answered_too_late(trace, 10s), std::nullopt);
}

}  // namespace
}  // namespace tollgate
