#include "base/text.hpp"
#include "rules/accepted_invites.hpp"
#include "rules/conservation.hpp"
#include "rules/expect_rows_test.hpp"
#include "rules/liveness.hpp"
#include "rules/msrp_session.hpp"
#include "rules/sip_dialog.hpp"

namespace tollgate::rules {
namespace {

using testing::HasSubstr;

TEST(G2, ContentOnlyInsideTheSession) {
  expect(send_only_inside_the_session, {{"invite ok send:1", Verdict::pass, {2, 3}},
                                        {"invite", Verdict::inconc, {}},
                                        {"invite send:1 ok", Verdict::fail, {2}, "no 200 to an INVITE"},
                                        {"invite busy send:1", Verdict::fail, {2, 3}, "refused"},
                                        {"invite ok bye +1 send:1", Verdict::fail, {3, 4}, "after #3"},
                                        {"invite ok hangs-up send:1 hung-up", Verdict::pass, {}},
                                        {"invite ok hangs-up hung-up +1 send:1", Verdict::fail, {4, 5}, "after #4"},
                                        {"invite inactive send:1", Verdict::fail, {2, 3}, "takes no content"}});
}

TEST(G2, TimesOfTwoSocketsWithinEpsilonProveNothing) {
  expect(send_only_inside_the_session, {{"invite ok bye send:1", Verdict::inconc, {3, 4}, "two sockets"},
                                        {"invite ok send:1 bye send:2", Verdict::inconc, {4, 5}, "two sockets"},
                                        {"invite ok hangs-up hung-up send:1", Verdict::inconc, {}, "two sockets"}});
}

TEST(G2, AnotherInviteOrAReInviteThatWeRefuseLeavesTheSessionAsItWas) {
  expect(send_only_inside_the_session, {{"invite ok call:e invite busy send:1", Verdict::pass, {}},
                                        {"invite ok invite:2 busy:2 send:1", Verdict::pass, {}},
                                        {"invite busy call:e invite ok send:1", Verdict::pass, {}},
                                        {"invite ok bye call:e invite ok send:1", Verdict::pass, {}}});
}

TEST(G9, OneByeEndsTheDialog) {
  expect(one_bye_ends_the_dialog, {{"invite ok ack bye", Verdict::pass, {4}},
                                   {"invite ok ack bye again", Verdict::pass, {}},
                                   {"invite ok ack", Verdict::inconc, {}},
                                   {"invite bye", Verdict::fail, {2}, "no 200 to an INVITE"},
                                   {"invite ok bye:1", Verdict::fail, {3}, "CSeq 1, not above 1"},
                                   {"invite ok info:2 bye:3", Verdict::pass, {}},
                                   {"invite ok bye:2 bye:3", Verdict::fail, {3, 4}, "had ended"}});
}

TEST(G9, UdpMayChangeTheOrderAndByesMayCross) {
  expect(one_bye_ends_the_dialog, {{"invite ok bye:3 info:2", Verdict::inconc, {3, 4}, "UDP keeps no order"},
                                   {"tcp invite ok bye:3 info:2", Verdict::fail, {3, 4}, "had ended"},
                                   {"invite ok bye:2 info:3", Verdict::fail, {3, 4}, "had ended"},
                                   {"invite ok hangs-up bye hung-up", Verdict::pass, {}},
                                   {"invite ok hangs-up hung-up bye", Verdict::inconc, {4, 5}, "crossed"},
                                   {"invite ok hangs-up hung-up +3 bye", Verdict::fail, {4, 5}, "had ended"}});
}

TEST(G9, AnswersAreKnownByTheRequestThatTheyAnswer) {
  trace::Trace const trace = OneLineTrace("invite ok bye");
  trace::Trace changed;
  for (auto event : trace.events()) {
    if (event.meaning.status == 200) {
      event.about = 1;
      event.octets = replaced(event.octets, "Call-ID: ", "X-Call-ID: ");
    }
    changed.record(event);
  }
  EXPECT_EQ(one_bye_ends_the_dialog(changed, {}).verdict, Verdict::pass);
}

TEST(G10, Every200IsAcknowledged) {
  expect(every_200_is_acknowledged, {{"invite ok ack +3 bye", Verdict::pass, {3}},
                                     {"invite ok again ack +3 bye", Verdict::pass, {}},  // one ACK is on its way while the copy goes out
                                     {"invite ok ack again +3 bye", Verdict::pass, {}},
                                     {"invite busy ack +3 register", Verdict::inconc, {}},
                                     {"invite ok", Verdict::inconc, {}},  // the trace ends before an ACK can come
                                     {"invite ok +3 register", Verdict::inconc, {2}, "UDP may have lost it"},
                                     {"invite ok again again again +3 register", Verdict::fail, {2, 5}, "sent 4 times"},
                                     {"invite ok ack call:e invite ok again again +3 register", Verdict::fail, {5, 7}, "sent 3 times"},
                                     {"tcp invite ok +3 register", Verdict::fail, {2, 2}, "no ACK came"}});
}

TEST(G10, A200ThatNobodyAwaitsIsNotJudged) {
  expect(every_200_is_acknowledged, {{"tcp invite busy ok +3 register", Verdict::inconc, {}},  // after another final response
                                     {"tcp invite +32 ok +3 register", Verdict::inconc, {}},  // timer B has passed
                                     {"tcp invite ok ack +32 ok +3 register", Verdict::pass, {}},
                                     {"tcp ok +3 register", Verdict::inconc, {}}});
}

TEST(G11, TransactionIdsAreUnique) {
  expect(transaction_ids_are_unique, {{"send:1 send:2 200:2 200:1", Verdict::pass, {2}},
                                      {"invite", Verdict::inconc, {}},
                                      {"send:1 200:1 send:2@1 200:2@1", Verdict::pass, {}},
                                      {"send:1 +30 send:2@1", Verdict::pass, {}},
                                      {"send:1 send:2@1", Verdict::fail, {1, 2}, "transaction id tid1x of #1"}});
}

TEST(G11, TheEndLineIsNotInTheBody) {
  trace::Trace trace;
  trace.record({.channel = trace::Channel::msrp,
                .party = "u",
                .octets = "MSRP abcd SEND\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\nMessage-ID: m\r\n"
                          "Content-Type: text/plain\r\n\r\na -------abcd b\r\n-------abcd$\r\n"});
  auto const finding = transaction_ids_are_unique(trace, {});
  EXPECT_EQ(finding.verdict, Verdict::fail);
  EXPECT_THAT(finding.because, HasSubstr("its own end-line"));
}

TEST(G13, AStoredMessageIsDeliveredOnce) {
  expect(stored_messages_are_conserved,
         {{"store:1 invite ok send:1 200:1", Verdict::pass, {1, 6}},
          {"store:1", Verdict::inconc, {}},
          {"send:1 200:1", Verdict::inconc, {}},  // stored in a way that the trace does not know
          {"store:1 store:1 send:1 200:1 send:1@2 200:1@2", Verdict::pass, {}},  // the same text twice
          {"store:1 send:1 +30 200:1 send:1@2 200:1@2", Verdict::pass, {}},  // the first 200 came too late
          {"store:1 send:1 413:1 send:1@2 200:1@2", Verdict::pass, {}},
          {"store:1 invite ok send:1 hangs-up 200:1 hung-up send:1@2 200:1@2",
           Verdict::inconc,
           {},
           "may have been lost"},  // sent behind our BYE
          {"store:1 reserve grant invite ok send:1 200:1 abort send:1@2 200:1@2",
           Verdict::inconc,
           {},
           "may have been lost"},  // on another connection
          {"store:1 reserve grant invite ok send:1 abort 200:1 send:1@2 200:1@2", Verdict::inconc, {}, "may have been lost"},
          {"store:1 reserve grant invite ok send:1 200:1 debit:1 +1 abort call:e invite:2 ok send:1@2 200:1@2",
           Verdict::fail,
           {},
           "stored 1 times and delivered 2 times"},
          {"store:1 send:1 200:1 +1 breaks send:1@2 200:1@2", Verdict::inconc, {}, "may have been lost"},  // unread, for all we know
          {"store:1 send:1 200:1 bye +1 breaks send:1@2 200:1@2", Verdict::fail, {}, "stored 1 times and delivered 2 times"},
          {"store:1 send:1 200:1 send:1@2 200:1@2", Verdict::fail, {1, 6}, "stored 1 times and delivered 2 times"}});
}

TEST(G13, AMessageThatWasNotDeliveredIsKept) {
  std::string const refused = "register registered reserve grant invite busy close +1 ";
  expect(
      stored_messages_are_conserved,
      {{"store:1 " + refused + "register registered +3 register", Verdict::fail, {1, 8, 11}, "it was not kept"},
       {"store:1 " + refused + "register registered reserve grant call:e invite:2 ok send:1 200:1 +3 register", Verdict::pass, {}},
       {"store:1 " + refused + "register registered", Verdict::inconc, {}},  // too early to say
       {"store:1 register registered reserve grant invite ok bye gone +1 register registered +3 register",
        Verdict::fail,
        {1, 9, 12},
        "it was not kept"},
       {"store:1 register registered reserve grant invite ok bye +1 register registered +3 register",
        Verdict::inconc,
        {}},  // its push is not over
       {refused + "register registered +3 register", Verdict::inconc, {}},  // nothing was stored
       {"store:1 register registered reserve grant invite hangs-up +1 register registered +3 register",
        Verdict::inconc,
        {}},  // of no dialog
       {"store:1 register registered reserve grant invite ok hangs-up hung-up +1 register registered +3 register",
        Verdict::fail,
        {1, 9, 12},
        "it was not kept"},
       {"store:1 register registered reserve grant invite ok hangs-up no-dialog +1 register registered +3 register",
        Verdict::inconc,
        {}},  // the SUT says so
       {"store:1 register registered reserve grant invite ok breaks bye +1 register registered +3 register",
        Verdict::inconc,
        {}},  // unread
       {"store:1 register registered reserve deny +1 register registered +3 register", Verdict::inconc, {}},
       {"store:1 register registered reserve grant invite ok send:1 413:1 bye +1 register registered +3 register", Verdict::inconc, {}}});
}

TEST(G14, TheSutStaysAlive) {
  expect(sut_stays_alive, {{"register registered", Verdict::pass, {1, 2}},
                           {"invite ok", Verdict::inconc, {}},
                           {"register", Verdict::inconc, {}},  // it may still answer
                           {"register +3 reserve", Verdict::inconc, {}},  // it lives; the case judges the missing answer
                           {"register again +3 hangs-up", Verdict::fail, {1}, "nothing came from the SUT after #1"},
                           {"register registered register +3 hangs-up", Verdict::fail, {3}, "nothing came from the SUT"}});
}

TEST(G14, NothingIsLeftOpen) {
  auto const measured = [](std::vector<std::string> const& notes) {
    trace::Trace trace;
    for (auto const& note : notes) trace.record({.kind = trace::Kind::measured, .note = note});
    return sut_stays_alive(trace, {}).verdict;
  };
  EXPECT_EQ(measured({"open files 17"}), Verdict::inconc);
  EXPECT_EQ(measured({"open files 17", "open files 17"}), Verdict::pass);
  EXPECT_EQ(measured({"open files 17", "memory in MB 9", "open files 18"}), Verdict::fail);
  EXPECT_EQ(measured({"memory in MB 9", "memory in MB 73"}), Verdict::pass);
  EXPECT_EQ(measured({"memory in MB 9", "memory in MB 74"}), Verdict::fail);
}

}  // namespace
}  // namespace tollgate::rules
