#include "rules/grammar.hpp"

#include <gmock/gmock.h>

#include <string>

namespace tollgate::rules {
namespace {

/// What G12 says of an INVITE of the SUT with that session description.
Finding finding_of(std::string const& description) {
  trace::Trace trace;
  trace.record({.channel = trace::Channel::sip,
                .direction = trace::Direction::received,
                .party = "sip:u@x",
                .transport = trace::Transport::tcp,
                .octets = "INVITE sip:u@x SIP/2.0\r\nVia: SIP/2.0/TCP s;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
                          "From: <sip:s@x>;tag=1\r\nTo: <sip:u@x>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nContact: <sip:s@x>\r\n"
                          "Content-Type: application/sdp\r\nContent-Length: " +
                          std::to_string(description.size()) + "\r\n\r\n" + description});
  return every_octet_parses(trace, {});
}

TEST(EveryOctetParses, HoldsTheSutToTheGrammarOfItsSessionDescriptions) {
  std::string const good = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n";
  EXPECT_EQ(finding_of(good).verdict, Verdict::pass) << finding_of(good).because;

  auto const bad = finding_of(std::string(good).replace(good.find("t=0 0"), 5, "t=0 x"));
  EXPECT_EQ(bad.verdict, Verdict::fail);
  EXPECT_THAT(bad.because, testing::HasSubstr("stop-time"));
  EXPECT_THAT(bad.because, testing::HasSubstr("RFC 8866 5.9"));
}

}  // namespace
}  // namespace tollgate::rules
