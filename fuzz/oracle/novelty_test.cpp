#include "fuzz/oracle/novelty.hpp"

#include <gtest/gtest.h>

namespace tollgate::fuzz {
namespace {

/// A request of ours, and what came.
std::set<std::uint64_t> features(std::string const& method, int status) {
  auto const rest = "Via: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=f\r\nTo: <sip:a@h>\r\nCall-ID: c\r\nCSeq: 1 " + method +
                    "\r\nContent-Length: 0\r\n\r\n";
  trace::Trace trace;
  trace.record({.at_ns = 1, .direction = trace::Direction::sent, .octets = method + " sip:h SIP/2.0\r\n" + rest});
  trace.record({.at_ns = 2, .direction = trace::Direction::received, .octets = "SIP/2.0 " + std::to_string(status) + " x\r\n" + rest});
  return features_of(trace);
}

TEST(Novelty, IsWhatTheServerAnswers) {
  EXPECT_NE(features("REGISTER", 200), features("REGISTER", 400));
  EXPECT_NE(features("REGISTER", 200), features("MESSAGE", 200));
  EXPECT_NE(features("REGISTER", 501), features("REgISTER", 501));
}

TEST(Novelty, IsNoWordThatIsSaidBack) {
  EXPECT_EQ(features("REgISTER", 501), features("R%GISTER", 501));
}

}  // namespace
}  // namespace tollgate::fuzz
