#include "fuzz/oracle/expected_answer.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;

constexpr char const* rest =
    "Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKa\r\nMax-Forwards: 70\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:a@h>\r\nCall-ID: c\r\n";

/// A REGISTER that was changed, and its answer.
trace::Trace answered(std::string const& start, std::string const& cseq, std::string const& status, bool was_changed = true) {
  trace::Trace out;
  if (was_changed)
    out.record({.kind = trace::Kind::tampered, .direction = trace::Direction::sent, .note = "REGISTER: changed"});
  else
    out.record({.direction = trace::Direction::sent, .octets = "x"});
  auto const sent = out.record({.direction = trace::Direction::sent,
                                .transport = trace::Transport::udp,
                                .octets = start + "\r\n" + rest + cseq + "Contact: <sip:a@127.0.0.1:5070>\r\nContent-Length: 0\r\n\r\n"});
  out.record({.direction = trace::Direction::received,
              .transport = trace::Transport::udp,
              .octets = "SIP/2.0 " + status + "\r\n" + rest + "CSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n",
              .about = sent});
  return out;
}

std::string const good = "REGISTER sip:h SIP/2.0", newer = "REGISTER sip:h SIP/7.0", cseq = "CSeq: 1 REGISTER\r\n";

TEST(Advisories, TellWhatIsTakenThatHasToBeRefused) {
  Advisories all;
  all.look(answered(good, "CSeq: one REGISTER\r\n", "200 OK"), 7);
  all.look(answered(good, "CSeq: two REGISTER\r\n", "200 OK"), 8);
  EXPECT_EQ(all.size(), 1U);
  EXPECT_THAT(all.text(), HasSubstr("     2 times  sip  CSeq (RFC 3261"));
  EXPECT_THAT(all.text(), HasSubstr("400 is right, 200 came; first in case 7"));
}

TEST(Advisories, TellOfARefusalByAnotherCodeWhereTheStandardHasOneOfItsOwn) {
  Advisories all;
  all.look(answered(newer, cseq, "400 Bad Request"), 1);
  EXPECT_THAT(all.text(), HasSubstr("505 is right, 400 came"));
}

TEST(Misanswers, AreProblemsForWhoAsksForThem) {
  auto const problems = problems_of_answers(answered(newer, cseq, "400 Bad Request"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().kind, "misanswered");
  EXPECT_THAT(problems.front().says, HasSubstr("505 is right, 400 came"));
  EXPECT_FALSE(is_its_own_word(problems.front()));
}

TEST(Advisories, AreSilentWhereNothingIsToBeSaid) {
  Advisories all;
  all.look(answered(good, cseq, "200 OK"), 1);                              // well formed
  all.look(answered(newer, cseq, "505 Version Not Supported"), 2);          // refused as it has to be
  all.look(answered(good, "CSeq: one REGISTER\r\n", "403 Forbidden"), 3);  // 400 is any refusal
  all.look(answered(newer, cseq, "200 OK", false), 4);                      // not ours to change
  all.look(answered(newer, cseq, "100 Trying"), 5);                         // not final
  EXPECT_EQ(all.text(), "");
}

}  // namespace
}  // namespace tollgate::fuzz
