#include "runner/monitoring.hpp"

#include <algorithm>
#include <gmock/gmock.h>

#include "codec/ch2/ch2.hpp"
#include "codec/msrp/message.hpp"

namespace tollgate {
namespace {

constexpr std::int64_t second = 1'000'000'000;

/// A SEND that nobody answers, and a debit `after_ns` later, of a server whose time limit is 30 s.
trace::Trace debit_after(std::int64_t after_ns) {
  trace::Trace trace;
  auto send = msrp::Message::request("t1", "SEND");
  send.add("To-Path", "msrp://a:1/x;tcp").add("From-Path", "msrp://b:1/y;tcp").add("Message-ID", "m1").add("Byte-Range", "1-2/2");
  send.add("Content-Type", "text/plain");
  send.set_body("hi");
  trace.record({.at_ns = second, .channel = trace::Channel::msrp, .actor = "alice", .party = "sip:u@h", .octets = send.write()});
  ch2::Request debit{.type = ch2::RequestType::termination, .number = 1, .session_id = "s", .subscriber = "sip:u@h", .used = 1};
  trace.record({.at_ns = second + after_ns,
                .channel = trace::Channel::ch2,
                .actor = "ocs",
                .party = "sip:u@h",
                .octets = ch2::write_request(debit, {}).write()});
  return trace;
}

Finding g3(trace::Trace const& trace, Duration lag) {
  auto const findings = monitored(trace, {}, lag);
  return *std::ranges::find(findings, "G3", &Finding::rule);
}

TEST(Monitoring, AFailureThatOurLagCouldMakeIsInconclusive) {
  auto const early = debit_after(30 * second - second / 10);
  EXPECT_EQ(g3(early, {}).verdict, Verdict::fail);
  EXPECT_EQ(g3(early, 60ms).verdict, Verdict::fail) << "100 ms early is more than lag and epsilon explain";
  auto const excused = g3(early, 90ms);
  EXPECT_EQ(excused.verdict, Verdict::inconc);
  EXPECT_EQ(excused.reason, "own lag");
  EXPECT_THAT(excused.because, testing::HasSubstr("90.0 ms late"));
}

TEST(Monitoring, AFailureThatNoLagExplainsStays) {
  EXPECT_EQ(g3(debit_after(second), 500ms).verdict, Verdict::fail);
}

}  // namespace
}  // namespace tollgate
