#include "rules/charging_order.hpp"
#include "rules/charging_sums.hpp"
#include "rules/credit_identity.hpp"
#include "rules/expect_rows_test.hpp"

namespace tollgate::rules {
namespace {

TEST(G1, AnInviteNeedsAGrantThatWeHadSent) {
  expect(invite_needs_grant, {{"reserve grant invite", Verdict::pass, {2, 3}},
                              {"reserve free invite", Verdict::pass, {2, 3}},
                              {"reserve", Verdict::inconc, {}},
                              {"reserve grant invite again", Verdict::pass, {}},
                              {"reserve invite grant", Verdict::fail, {1, 2}, "no successful answer to #1"},
                              {"reserve deny invite", Verdict::fail, {1, 2, 3}, "although #2 4012 reserve_units"},
                              {"reserve answer:5030 invite", Verdict::fail, {1, 2, 3}, "refused"},
                              {"invite reserve grant", Verdict::fail, {1}, "no reserve request"}});
}

TEST(G1, ARetryOrARedirectionNeedsNoOtherReservation) {
  expect(invite_needs_grant, {{"reserve grant invite busy call:e invite", Verdict::pass, {}},  // another Call-ID
                              {"reserve grant invite moved invite:2", Verdict::pass, {}},      // RFC 3261 8.1.3.4
                              {"reserve grant invite call:e invite", Verdict::pass, {}},       // two devices at once
                              {"reserve free invite busy invite:2", Verdict::pass, {}},
                              {"reserve grant invite ok bye debit reserve grant call:e invite:3", Verdict::pass, {}}});
}

TEST(G1, AReservationThatHasEndedCoversNothing) {
  expect(invite_needs_grant,
         {{"reserve grant invite ok bye debit +1 call:e invite", Verdict::fail, {2, 6, 7}, "had ended what"},
          {"reserve grant invite busy close +1 invite:2", Verdict::fail, {2, 5, 6}, "had ended what"},
          {"reserve free invite ok bye +1 call:e invite", Verdict::fail, {}, "had ended what"},
          {"reserve grant invite ok bye debit reserve hangs-up grant call:e invite", Verdict::pass, {}},  // of the call before
          {"reserve grant invite busy close invite:2", Verdict::inconc, {5, 6}, "two sockets"},
          {"reserve grant b.reserve b.invite", Verdict::fail, {3, 4}, "no successful answer to #3"}});
}

TEST(G1, AnAnswerThatIsNotOfTheRequestOrCameTooLateIsNoGrant) {
  expect(invite_needs_grant, {{"reserve stray invite", Verdict::fail, {1, 3}, "no successful answer"},
                              {"reserve stray grant invite", Verdict::pass, {3, 4}},
                              {"reserve deny grant invite", Verdict::fail, {1, 2, 4}, "refused"},
                              {"reserve +11 grant invite", Verdict::fail, {1, 2, 3}, "when Tx had passed"},
                              {"reserve +9 grant invite", Verdict::pass, {}},
                              {"reserve +9 resent +2 grant invite", Verdict::pass, {}}});  // Tx runs again after a failover
}

TEST(G1, AnUnknownSuccessGrantsUnderTable3) {
  Terms const table3{.takes_unknown_success = true};
  expect(invite_needs_grant, {{"reserve answer:2999 invite", Verdict::fail, {1, 2, 3}, "refused"}});
  expect(invite_needs_grant,
         {{"reserve answer:2999 invite", Verdict::pass, {2, 3}},
          {"reserve answer:4012 invite", Verdict::fail, {}, "refused"},
          {"reserve +11 answer:2999 invite", Verdict::fail, {}, "when Tx had passed"},
          {"reserve answer:1001 invite", Verdict::fail, {}, "refused"}},
         table3);
}

TEST(G1, FailingOpenWaitsForTx) {
  Terms const open{.fails_open = true};
  expect(invite_needs_grant,
         {{"reserve +10 invite", Verdict::pass, {1, 2}},
          {"reserve +9 invite", Verdict::fail, {1, 2}, "no successful answer"},
          {"reserve answer:5031 invite", Verdict::pass, {}},
          {"reserve answer:3004 invite", Verdict::pass, {}},
          {"reserve answer:5030 invite", Verdict::fail, {}, "refused"},
          {"reserve deny invite", Verdict::fail, {}, "refused"},
          {"invite", Verdict::inconc, {1}, "could not be sent"}},
         open);
  expect(invite_needs_grant, {{"reserve continue invite ok bye debit reserve +10 call:e invite", Verdict::pass, {}},
                              {"reserve continue invite ok bye debit reserve answer:5031 call:e invite", Verdict::pass, {}},
                              {"reserve continue invite ok bye debit reserve deny call:e invite", Verdict::fail, {}, "refused"},
                              {"reserve grant invite ok bye debit reserve +10 call:e invite", Verdict::fail, {}, "no successful answer"}});
}

TEST(G3, ADebitNeedsATrigger) {
  expect(debit_needs_trigger, {{"send:1 200:1 debit", Verdict::pass, {2, 3}},
                               {"send:1 413:1 debit", Verdict::pass, {2, 3}},
                               {"send:1 lost debit", Verdict::pass, {2, 3}},
                               {"send:1 501:1 debit", Verdict::pass, {2, 3}},
                               {"send:1 hangs-up debit", Verdict::pass, {2, 3}},
                               {"send:1 report:1 debit", Verdict::pass, {2, 3}},
                               {"send:1 +30s debit", Verdict::pass, {1, 2}},
                               {"send:1 send:2 481:1 update:1 debit:1", Verdict::pass, {}},  // no session any more: the rest has failed
                               {"send:1", Verdict::inconc, {}},
                               {"send:1 debit:0", Verdict::inconc, {}},
                               {"send:1 debit 200:1", Verdict::fail, {1, 2}, "no MSRP response had been sent"},
                               {"send:1 +29s debit", Verdict::fail, {1, 2}, "no time limit"}});
  expect(debit_needs_trigger, {{"send:1 debit 200:1", Verdict::inconc, {}, "D-PRE"}}, {.debit_before_outcome = true});
}

TEST(G3, AnEndOfTheConnectionThatIsReadBehindTheDebitMayHaveComeBefore) {
  expect(debit_needs_trigger, {{"send:1 debit lost", Verdict::inconc, {3, 2}, "closed by the peer (#3), may"},
                               {"send:1 debit +1 lost", Verdict::fail, {1, 2}, "no MSRP response"},
                               {"send:1 debit b.lost", Verdict::fail, {1, 2}, "no MSRP response"}});
  expect(debit_needs_trigger, {{"send:1 debit lost", Verdict::fail, {}, "no MSRP response"}}, {.only_listed_outcomes = true});
}

TEST(G3, WhatNobodyReadOfAConnectionThatWeBrokeMayHaveBeenSettled) {
  expect(debit_needs_trigger,
         {{"reserve grant invite ok breaks +1 debit", Verdict::inconc, {5, 6}, "reset by us (#5), may"},
          {"reserve grant invite ok unsecured +1 debit", Verdict::inconc, {5, 6}, "no TLS handshake"},
          {"invite ok breaks +1 debit", Verdict::fail, {}, "no MSRP response"},  // nothing was reserved that could have been sent
          {"reserve grant invite ok send:1 200:1 update:1 breaks debit", Verdict::fail, {}, "had been debited before"}});
}

TEST(G3, WhatCrossesTheEndOfTheSessionIsSettledByIt) {
  expect(debit_needs_trigger, {{"invite ok send:1 481:1 update:1 send:2 debit:1", Verdict::pass, {}},
                               {"invite ok send:1 481:1 update:1 debit:1 send:2", Verdict::inconc, {4, 6}, "#4 481 SEND may have settled"},
                               {"invite ok send:1 413:1 update:1 debit:1 send:2", Verdict::fail, {}, "had been debited before"},
                               {"invite ok hangs-up send:1 debit", Verdict::pass, {3, 5}},
                               {"invite ok hangs-up debit send:1", Verdict::inconc, {3, 4}, "#3 BYE may have settled"},
                               {"invite ok hangs-up debit +1 send:1", Verdict::fail, {}, "no MSRP response"},
                               {"invite ok hangs-up bye invite:2 ok send:1 debit", Verdict::fail, {}, "no MSRP response"}});
}

TEST(G3, OnlyAWholeMessageIsATrigger) {
  expect(debit_needs_trigger, {{"send:1+ 200:1+ send:1 debit", Verdict::fail, {3, 4}, "no MSRP response"},
                               {"send:1+ 200:1+ send:1 200:1 debit", Verdict::pass, {4, 5}},
                               {"send:1+ send:1 200:1 debit", Verdict::pass, {3, 4}},  // chunks are answered in any order
                               {"send:1+ 413:1+ debit", Verdict::pass, {2, 3}},
                               {"send:1+ +29s send:1 200:1+ +2s debit", Verdict::fail, {}, "no time limit"},
                               {"send:1+ +29s send:1 +2s debit", Verdict::pass, {1, 3}}});  // the first chunk has had no answer for 31 s
}

TEST(G3, AMessageTriggersOneDebit) {
  expect(debit_needs_trigger,
         {{"send:1 send:2 200:1 update 200:2 debit", Verdict::pass, {}},
          {"send:2 send:1 200:1 update 200:2 debit", Verdict::pass, {}},
          {"send:1 send:2 200:1 debit:2", Verdict::pass, {}},                // D-FIRST
          {"send:1 send:2 200:1 200:2 debit:2", Verdict::pass, {}},          // D-ALL
          {"send:1 send:2 200:1 update debit 200:2", Verdict::fail, {2, 5}, "had been debited before"},
          {"send:1 +30s update 200:1 debit", Verdict::fail, {1, 4}, "had been debited before"},
          {"send:1 200:1 debit resent", Verdict::pass, {}},                  // RFC 8506 5.7
          {"send:1 200:1 debit bye reserve grant invite ok send:2 debit", Verdict::fail, {9, 10}, "had been debited before"},
          {"send:1 200:1 debit bye reserve grant invite ok send:1 200:1 debit", Verdict::pass, {}}});
}

TEST(G3, KeepsToTheDeclaredTiming) {
  expect(debit_needs_trigger,
         {{"send:1 send:2 200:1 debit:2", Verdict::fail, {2, 4}, "D-ALL"}, {"send:1 send:2 200:2 200:1 debit:2", Verdict::pass, {}}},
         {.debit_timing = DebitTiming::all});
  expect(debit_needs_trigger,
         {{"send:1 send:2 200:1 debit:1 200:2 debit:1", Verdict::fail, {}, "had been debited before"},
          {"send:1 200:1 debit:1 send:2 200:2 debit:1", Verdict::pass, {}}},  // a second grant, a second lot
         {.debit_timing = DebitTiming::first});
  expect(debit_needs_trigger,
         {{"send:1 501:1 debit", Verdict::fail, {}}, {"send:1 lost debit", Verdict::fail, {}}, {"send:1 499:1 debit", Verdict::pass, {}}},
         {.only_listed_outcomes = true});
}

TEST(G4, DrawsNothingFromWhatATraceThatWasCutOffLacks) {
  expect(units_match_messages,
         {{"reserve:3 grant:3 send:1 send:2 send:3 200:1 200:2 200:3 debit:1", Verdict::inconc, {}},
          {"reserve:3 grant:3 send:1 200:1 debit:1", Verdict::pass, {}},
          {"reserve:3 grant:3 send:1 200:1 debit:2", Verdict::fail, {}, "only 1 messages were sent"}},
         {.is_cut_off = true});
  expect(credit_sessions_close, {{"reserve grant send:1", Verdict::inconc, {}}}, {.is_cut_off = true});
}

TEST(G4, UnitsMatchTheMessages) {
  expect(units_match_messages,
         {{"reserve:2 grant:2 send:1 send:2 200:1 200:2 debit:2", Verdict::pass, {}},
          {"reserve:2 grant:2 send:1 send:2 200:1 413:2 debit:1", Verdict::pass, {}},  // U-OK
          {"reserve:2 grant:2 send:1 send:2 200:1 413:2 debit:2", Verdict::pass, {}},  // U-SENT
          {"reserve:2 grant:2 send:1 send:2 200:1 200:2 update:1 debit:1", Verdict::pass, {}},
          {"reserve grant:18446744073709551615 reserve grant:1 send:1 200:1 debit:1", Verdict::pass, {}},  // no sum that comes round to 0
          {"reserve:2 grant:2 send:1 200:1 update:18446744073709551615 debit:2", Verdict::fail, {}, "only 1 messages were sent"},
          {"reserve:2 grant:2 send:1", Verdict::inconc, {}},
          {"reserve grant send:1 +30 debit:0 200:1", Verdict::pass, {}},  // U-OK, and the 200 came too late to count
          {"reserve grant send:1+ send:1 200:1 debit:0", Verdict::pass, {}},  // U-OK: a chunk without an outcome
          {"reserve grant send:1+ 200:1+ send:1 200:1 debit:0", Verdict::fail, {}, "neither U-SENT nor U-OK"},
          {"reserve grant send:1 200:1 debit:0", Verdict::fail, {}, "neither U-SENT nor U-OK"},
          {"reserve:3 grant:3 send:1 send:2 send:3 200:1 200:2 200:3 debit:1", Verdict::fail, {}, "neither U-SENT nor U-OK"},
          {"reserve:3 grant:3 send:1 200:1 debit:2", Verdict::fail, {}, "only 1 messages were sent"},
          {"reserve:2 grant:1 send:1 send:2 200:1 200:2 debit:2", Verdict::fail, {}, "only 1 were granted"},
          {"reserve grant debit:1 send:1 200:1 reserve deny send:2 200:2", Verdict::pass, {}},  // free: the request had failed
          {"reserve grant debit:1 send:1 200:1 reserve grant send:2 200:2", Verdict::fail, {}, "neither U-SENT nor U-OK"},
          {"reserve:2 grant:2 invite ok send:1 breaks debit:2", Verdict::inconc, {}, "more may have been sent"},
          {"reserve:2 grant:2 invite ok unsecured debit:2", Verdict::inconc, {}, "more may have been sent"},
          {"reserve:2 grant:2 invite ok send:1 breaks debit:3", Verdict::fail, {}, "only 1 messages were sent"}});
  expect(units_match_messages, {{"reserve:2 grant:1 send:1 send:2 200:1 200:2 debit:2", Verdict::pass, {}}}, {.may_exceed_grant = true});
  std::string const one_failed = "reserve:2 grant:2 send:1 send:2 200:1 413:2 ";
  expect(units_match_messages, {{one_failed + "debit:2", Verdict::pass, {}}, {one_failed + "debit:1", Verdict::fail, {}, "declared"}},
         {.units = UnitsCounted::sent});
  expect(units_match_messages, {{one_failed + "debit:1", Verdict::pass, {}}, {one_failed + "debit:2", Verdict::fail, {}, "declared"}},
         {.units = UnitsCounted::ok});
}

/// Step 8: a 200 triggers a debit under every reading, and no later end of the push takes that back.
TEST(G4, ADebitMayNotBeLeftOut) {
  std::string const sent = "reserve:2 grant:2 invite ok send:1 send:2 200:1 ";
  std::string const closed = "close answer:2001 +2 register";
  expect(units_match_messages,
         {{sent + "+1 hangs-up " + closed, Verdict::fail, {2, 7, 10}, "#7 200 SEND was due to be debited under #2 2001 reserve_units"},
          {sent + "481:2 bye " + closed, Verdict::fail, {}, "no debit had come"},
          {sent + "200:2 bye " + closed, Verdict::fail, {}, "no debit had come"},
          {sent + "200:2 bye lost " + closed, Verdict::fail, {}, "no debit had come"},
          {sent + "200:2 lost bye " + closed, Verdict::fail, {}, "no debit had come"},  // two sockets
          {sent + "+1 hangs-up close answer:2001 b.reserve b.grant b.debit", Verdict::fail, {}, "no debit had come"},  // none by EVENT
          {sent + "+3 breaks " + closed, Verdict::fail, {}, "no debit had come"},
          {sent + "+1 hangs-up debit:2 answer:2001 +2 register", Verdict::pass, {}},
          {sent + "+1 hangs-up close answer:2001 session:9 update:2 +2 register", Verdict::pass, {}},  // C-SPLIT
          {sent + "+1 hangs-up " + closed + " reserve grant invite:2 ok send:2 200:2 debit:1", Verdict::fail, {}, "no debit had come"}});
  expect(units_match_messages, {{sent + "+1 hangs-up " + closed, Verdict::inconc, {}}}, {.is_cut_off = true});
  std::string const refused = "reserve grant invite ok send:1 413:1 bye " + closed;
  expect(units_match_messages, {{refused, Verdict::inconc, {}}});  // U-OK: nothing to report
  expect(units_match_messages, {{refused, Verdict::fail, {}, "#6 413 SEND was due"}}, {.units = UnitsCounted::sent});
}

TEST(G4, NoDebitIsDueForWhatTheSutNeedNotHaveReadOrIsFree) {
  std::string const closed = "close answer:2001 +2 register";
  std::string const all[] = {
      "reserve grant invite ok send:1 200:1 hangs-up " + closed,  // two sockets
      "reserve grant invite ok send:1 hangs-up 200:1 " + closed,  // behind the end of the session
      "reserve grant invite ok send:1 200:1 +1 breaks " + closed,  // it may have lain in the connection that was reset
      "reserve grant invite ok send:1 200:1 lost " + closed,  // by itself, without a BYE: it may have ended
      "reserve grant invite ok send:1 +30s 200:1 bye " + closed,  // too late
      "reserve grant invite ok send:1+ 200:1+ +1 hangs-up " + closed,  // a part of it
      "reserve grant invite ok send:1 200:1 report:1 bye " + closed,  // and then it was not delivered
      "reserve grant invite ok send:1 200:1 peer-lost bye " + closed, "reserve grant invite ok send:1 200:1 restart bye " + closed,
      "reserve free invite ok send:1 200:1 bye +2 register",  // 4011
      "reserve +10 grant invite ok send:1 200:1 bye " + closed,  // the SUT has given up
      "reserve stray invite ok send:1 200:1 bye " + closed,  // of another Hop-by-Hop
      "reserve grant invite ok send:1 200:1 bye close answer:2001",  // one by EVENT may still come
      "reserve grant invite ok send:1 200:1 bye +2 register",  // G5 has something to say
      "reserve deny invite ok send:1 200:1 bye +2 register"};
  for (auto const& line : all) expect(units_match_messages, {{line, Verdict::inconc, {}}});
}

/// Step 8 has no word about an answer that comes when the session is over: the debit may know of it or not.
TEST(G4, AnAnswerBehindTheEndOfTheSessionMayCountOrNot) {
  std::string const hung_up = "reserve grant invite ok send:1 hangs-up 200:1 ";
  expect(units_match_messages, {{hung_up + "debit:0", Verdict::pass, {}}, {hung_up + "debit:1", Verdict::pass, {}}},
         {.units = UnitsCounted::ok});
  expect(units_match_messages, {{"reserve grant invite ok hangs-up send:1 200:1 debit:0", Verdict::pass, {}}}, {.units = UnitsCounted::ok});
  expect(units_match_messages, {{"reserve grant invite ok send:1 200:1 hangs-up debit:0", Verdict::fail, {}, "declared"}},
         {.units = UnitsCounted::ok});
}

/// Where nobody need take the grant for one, a SUT that fails open delivers for nothing when Tx has passed (RFC 8506 5.7).
TEST(G4, WhatABrokenGrantLetsASutDeliverThatFailsOpenIsFree) {
  std::string const paid = "reserve grant send:1 200:1 debit:1 ";
  expect(units_match_messages, {{paid + "reserve stray send:2 200:2", Verdict::pass, {}}},
         {.units = UnitsCounted::sent, .fails_open = true});
  expect(units_match_messages, {{paid + "reserve +10 send:2 200:2", Verdict::pass, {}}}, {.units = UnitsCounted::sent, .fails_open = true});
  expect(units_match_messages, {{paid + "reserve stray send:2 200:2", Verdict::fail, {}, "declared"}}, {.units = UnitsCounted::sent});
}

TEST(G5, GrantedSessionsEnd) {
  expect(credit_sessions_close, {{"reserve grant debit", Verdict::pass, {2, 3}},
                                 {"reserve grant close", Verdict::pass, {2, 3}},
                                 {"reserve deny", Verdict::inconc, {}},
                                 {"reserve free", Verdict::inconc, {}},
                                 {"reserve grant update:1", Verdict::fail, {2}, "never ended"},
                                 {"reserve grant debit reserve grant", Verdict::fail, {5}, "ims;1;2"},
                                 {"reserve grant restart", Verdict::inconc, {}},
                                 {"restart reserve grant", Verdict::fail, {3}, "never ended"}});
}

TEST(G6, NoMessageContributesToTwoDebits) {
  expect(one_debit_a_message,
         {{"send:1 200:1 debit", Verdict::pass, {1, 3}},
          {"send:1", Verdict::inconc, {}},
          {"send:1 debit:0", Verdict::inconc, {}},
          {"send:1 send:2 200:1 update:1 200:2 update:1 debit:0", Verdict::pass, {}},
          {"send:1 200:1 debit resent", Verdict::pass, {}},
          {"send:1+ send:1 200:1 debit", Verdict::pass, {}},
          {"send:1 200:1 debit invite ok send:1 200:1 debit", Verdict::pass, {}},  // sent again in another session
          {"send:1 +30 debit 200:1 debit", Verdict::fail, {1, 2, 4}, "1 of 1 messages sent had been debited up to #2"},
          {"send:1 debit 200:1 debit", Verdict::fail, {1, 2, 4}, "had been debited"},
          {"reserve:2 grant:2 invite ok send:1 200:1 update breaks debit", Verdict::inconc, {}, "more may have been sent"},
          {"reserve grant invite ok send:1 200:1 update breaks debit", Verdict::fail, {}, "had been debited"},
          {"send:1 200:1 debit report:1 debit", Verdict::fail, {1, 3, 5}, "had been debited"},
          {"send:1 send:2 200:1 debit:2 200:2 debit:1", Verdict::fail, {}, "2 of 2 messages"},
          {"send:1 200:1 debit session:7 debit", Verdict::fail, {}, "had been debited"}});  // the fresh CCR of M59
  expect(one_debit_a_message, {{"send:1 send:2 200:1 update:2 200:2 debit:2", Verdict::pass, {}}}, {.flat_units = true});
}

TEST(G7, CreditSessionsAreNamedOnce) {
  expect(credit_sessions_are_named_once,
         {{"register reserve grant debit", Verdict::pass, {2, 4}},
          {"reserve grant update debit reserve grant close", Verdict::pass, {}},
          {"reserve resent grant debit", Verdict::pass, {}},
          {"register", Verdict::inconc, {}},
          {"register reserve grant debit session:0 reserve", Verdict::fail, {2, 5}, "begins credit session ims;1;1 again"},
          {"reserve grant number:0 debit", Verdict::fail, {1, 3}, "CC-Request-Number 0 like #1"},
          {"reserve grant update number:1 debit", Verdict::fail, {3, 4}, "CC-Request-Number 1 like #3"},
          {"reserve grant b.debit", Verdict::fail, {1, 3}, "charges sip:b@x, but #1"},
          {"register b.reserve", Verdict::fail, {2}, "has not registered"},
          {"register b.register b.reserve reserve", Verdict::pass, {}}});
}

TEST(G7, AnotherWayToCountIsAWarning) {
  expect(credit_sessions_are_named_once, {{"reserve grant number:7 debit", Verdict::inconc, {1, 3}, "warning"},
                                          {"reserve grant number:2 update number:1 debit", Verdict::inconc, {}, "warning"}});
}

TEST(G8, IdentifiersAreUnique) {
  expect(identifiers_are_unique, {{"reserve grant debit", Verdict::pass, {3}},
                                  {"invite", Verdict::inconc, {}},
                                  {"reserve grant hop:1 debit", Verdict::pass, {}},  // free again once it was answered
                                  {"reserve b.reserve b.grant grant", Verdict::pass, {}},  // answers in any order
                                  {"reserve peer-lost resent grant", Verdict::pass, {}},
                                  {"peer-lost flagged reserve", Verdict::pass, {}},  // its first copy was lost with the connection
                                  {"reserve hop:1 b.reserve", Verdict::fail, {1, 2}, "while #1"},
                                  {"reserve grant end:1 debit", Verdict::fail, {1, 3}, "which #1 reserve_units had"},
                                  {"flagged reserve", Verdict::fail, {1}, "no copy of it came before"}});
}

}  // namespace
}  // namespace tollgate::rules
