#include "reports/ladder_text.hpp"

#include <gmock/gmock.h>

#include "base/text.hpp"
#include "trace/twelve_steps_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view drawn = R"(
 event         ms step     IM Client           IM Client           IM Server       Charging Enabler
                              bob                alice                                    ocs
    #1      0.000              |----------- MESSAGE, CSeq 1 ---------->|                   |
    #2      0.402              |<-------- 202 MESSAGE, CSeq 1 ---------|                   |
    #3      0.804   1          |                   |---- REGISTER ---->|                   |
    #4      1.206   2          |                   |<- 200 REGISTER ---|                   |
    #5      1.517   3          |                   |                   |-- reserve_units ->#
    #6      1.537              |                   |             [withheld: answer to reserve_units]
    #7      1.538              |       [no INVITE for 500.0 ms]        |                   #
    #8    501.538              |                   |             [released: answer to reserve_units]
                               |                   |                   |2001 reserve_units |
    #9    501.788   4          |                   |                   |<------------------|
*  #10    502.190   5          |                   |<---- INVITE ------|                   |
                               |                   |INVITE (again #10) |                   |
   #11    502.592              |                   |<------------------|                   |
   #12    502.994   6          |                   |--- 200 INVITE --->|                   |
   #13    503.396              |                   |<-- ACK, CSeq 1 ---|                   |
   #14    504.196   7          |                   |<-- SEND, m1 $ ----|                   |
   #15    504.507   8          |                   |                   |--- debit_units -->|
                               |                   |                   | 2001 debit_units  |
   #16    504.757   9          |                   |                   |<------------------|
   #17    504.907  10          |                   |---- 200 SEND ---->|                   |
   #18    505.309  11          |                   |<-- BYE, CSeq 2 ---|                   |
   #19    505.711  12          |                   |----- 200 BYE ---->|                   |
   #20    505.801              |            [connection closed: end of stream]             |
 * witness of the verdict   # an answer is withheld
)";

TEST(LadderText, DrawsTheTwelveStepsWithin100Columns) {
  auto const text = ladder_text(trace::twelve_steps(), std::vector<trace::EventId>{10});
  EXPECT_EQ(text, drawn.substr(1));
}

TEST(LadderText, OfManyPartiesHasOneLifelineARole) {
  trace::Trace trace;
  for (auto const* actor : {"alice", "bob", "carol/2", "dave"})
    trace.record({.channel = trace::Channel::sip, .actor = actor, .octets = "x"});
  trace.record({.kind = trace::Kind::silence, .actor = "dave", .note = std::string(200, 'n')});
  auto const ccr = trace.record({.channel = trace::Channel::ch2, .actor = "ocs", .octets = "x"});
  trace.record({.kind = trace::Kind::withheld, .channel = trace::Channel::ch2, .actor = "ocs", .about = ccr, .note = "answer"});
  auto const text = ladder_text(trace);
  for (auto const line : split(text, '\n')) EXPECT_LE(line.size(), 100U) << line;
  EXPECT_THAT(text, HasSubstr("IM Client                     IM Server                 Charging Enabler"));
  EXPECT_THAT(text, HasSubstr("4 of them"));
  EXPECT_THAT(text, HasSubstr("carol/2: 1 octets, not readable"));
  EXPECT_THAT(text, HasSubstr("[dave: nnnn"));
  EXPECT_THAT(text, HasSubstr("|-- 1 octets, not readable -->#"));
  EXPECT_THAT(text, testing::EndsWith("\n # an answer is withheld\n"));
}

TEST(LadderText, ExplainsOnlyTheMarksThatItHas) {
  trace::Trace trace;
  trace.record({.channel = trace::Channel::sip, .actor = "alice", .octets = "x"});
  EXPECT_THAT(ladder_text(trace), Not(HasSubstr("witness")));
  EXPECT_THAT(ladder_text(trace, std::vector<trace::EventId>{1}), testing::EndsWith("\n * witness of the verdict\n"));
}

TEST(LadderText, LetsNothingHostileThrough) {
  trace::Trace trace;
  trace.record({.kind = trace::Kind::closed, .actor = "al\x1b[2Jice", .note = "bye\n\x1b]0;x\x07\xff"});
  auto const text = ladder_text(trace);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("bye \\x1b]0;x\\x07\\xff"));
}

TEST(LadderText, OfNothingHasTitlesOnly) {
  EXPECT_THAT(ladder_text({}), HasSubstr("IM Server"));
}

}  // namespace
}  // namespace tollgate::reports
