#include <gmock/gmock.h>

#include "rules/charging_order.hpp"
#include "rules/charging_sums.hpp"
#include "rules/msrp_session.hpp"
#include "rules/one_line_trace_test.hpp"
#include "rules/sip_dialog.hpp"

namespace tollgate::rules {
namespace {

using testing::ElementsAreArray;
using testing::HasSubstr;
using Check = Finding (*)(trace::Trace const&, Terms const&);

struct Row {
  char const* trace;
  Verdict verdict;
  std::vector<trace::EventId> witnesses;
  char const* because = "";
};

void expect(Check check, std::initializer_list<Row> rows, Terms const& terms = {}) {
  for (auto const& row : rows) {
    Finding const finding = check(OneLineTrace(row.trace), terms);
    EXPECT_EQ(finding.verdict, row.verdict) << row.trace << "\n  " << finding.because;
    EXPECT_THAT(finding.because, HasSubstr(row.because)) << row.trace;
    if (!row.witnesses.empty()) EXPECT_THAT(finding.witnesses, ElementsAreArray(row.witnesses)) << row.trace;
  }
}

TEST(G1, AnInviteNeedsAGrantThatWeHadSent) {
  expect(invite_needs_grant,
         {{"reserve grant invite", Verdict::pass, {2, 3}},
          {"reserve free invite", Verdict::pass, {2, 3}},
          {"reserve", Verdict::inconc, {}},
          {"reserve grant invite again", Verdict::pass, {}},
          {"reserve invite grant", Verdict::fail, {1, 2}, "no successful answer to #1"},
          {"reserve deny invite", Verdict::fail, {1, 2, 3}, "although #2 4012 reserve_units"},
          {"invite reserve grant", Verdict::fail, {1}, "no reserve request"}});
}

TEST(G2, ContentOnlyInsideTheSession) {
  expect(send_only_inside_the_session,
         {{"invite ok send:1", Verdict::pass, {2, 3}},
          {"invite", Verdict::inconc, {}},
          {"invite send:1 ok", Verdict::fail, {2}, "no 200 to an INVITE"},
          {"invite busy send:1", Verdict::fail, {2, 3}, "refused"},
          {"invite ok bye send:1", Verdict::pass, {}},  // a millisecond apart on two sockets proves nothing
          {"invite ok bye +1 send:1", Verdict::fail, {3, 4}, "after #3"}});
}

TEST(G3, ADebitNeedsATrigger) {
  expect(debit_needs_trigger,
         {{"send:1 200:1 debit", Verdict::pass, {3}},
          {"send:1 413:1 debit", Verdict::pass, {3}},
          {"send:1 lost debit", Verdict::pass, {3}},
          {"send:1 +30s debit", Verdict::pass, {2}},
          {"send:1", Verdict::inconc, {}},
          {"send:1 debit 200:1", Verdict::fail, {1, 2}, "no MSRP response had been sent"},
          {"send:1 +29s debit", Verdict::fail, {1, 2}, "no time limit"}});
  expect(debit_needs_trigger, {{"send:1 debit 200:1", Verdict::inconc, {}, "D-PRE"}}, {.debit_before_outcome = true});
}

TEST(G4, UnitsMatchTheMessages) {
  expect(units_match_messages,
         {{"reserve:2 grant:2 send:1 send:2 200:1 200:2 debit:2", Verdict::pass, {}},
          {"reserve:2 grant:2 send:1 send:2 200:1 413:2 debit:1", Verdict::pass, {}},  // U-OK
          {"reserve:2 grant:2 send:1 send:2 200:1 413:2 debit:2", Verdict::pass, {}},  // U-SENT
          {"reserve:2 grant:2 send:1 send:2 200:1 200:2 update:1 debit:1", Verdict::pass, {}},
          {"reserve:2 grant:2 send:1", Verdict::inconc, {}},
          {"reserve grant send:1 +30 debit:0 200:1", Verdict::pass, {}},  // U-OK, and the 200 came too late to count
          {"reserve grant send:1+ send:1 200:1 debit:0", Verdict::pass, {}},  // U-OK: a chunk without an outcome
          {"reserve grant send:1+ 200:1+ send:1 200:1 debit:0", Verdict::fail, {}, "neither U-SENT nor U-OK"},
          {"reserve grant send:1 200:1 debit:0", Verdict::fail, {}, "neither U-SENT nor U-OK"},
          {"reserve:3 grant:3 send:1 send:2 send:3 200:1 200:2 200:3 debit:1", Verdict::fail, {}, "neither U-SENT nor U-OK"},
          {"reserve:3 grant:3 send:1 200:1 debit:2", Verdict::fail, {}, "only 1 messages were sent"},
          {"reserve:2 grant:1 send:1 send:2 200:1 200:2 debit:2", Verdict::fail, {}, "only 1 were granted"}});
  expect(units_match_messages, {{"reserve:2 grant:1 send:1 send:2 200:1 200:2 debit:2", Verdict::pass, {}}},
         {.may_exceed_grant = true});
}

TEST(G5, GrantedSessionsEnd) {
  expect(credit_sessions_close,
         {{"reserve grant debit", Verdict::pass, {2, 3}},
          {"reserve grant close", Verdict::pass, {2, 3}},
          {"reserve deny", Verdict::inconc, {}},
          {"reserve free", Verdict::inconc, {}},
          {"reserve grant update:1", Verdict::fail, {2}, "never ended"},
          {"reserve grant debit reserve grant", Verdict::fail, {5}, "ims;1;2"}});
}

TEST(G9, OneByeEndsTheDialog) {
  expect(one_bye_ends_the_dialog,
         {{"invite ok ack bye", Verdict::pass, {4}},
          {"invite ok ack bye again", Verdict::pass, {}},
          {"invite ok ack", Verdict::inconc, {}},
          {"invite bye", Verdict::fail, {2}, "no 200 to an INVITE"},
          {"invite ok bye:1", Verdict::fail, {3}, "CSeq 1, not above 1"},
          {"invite ok bye:2 bye:3", Verdict::fail, {3, 4}, "had ended"}});
}

TEST(Monitors, AreTheOnesOfTheCatalogueAndJudgeAnEmptyTraceAsNotExercised) {
  std::vector<std::string> ids;
  for (auto const& rule : monitors()) ids.emplace_back(rule.id);
  EXPECT_THAT(ids, testing::ElementsAre("G1", "G2", "G3", "G4", "G5", "G9", "G12"));
  for (auto const& finding : check_all(trace::Trace{}, {})) EXPECT_EQ(finding.verdict, Verdict::inconc) << finding.rule;
}

TEST(Verdict, OnlyWorsens) {
  EXPECT_EQ(worse(Verdict::pass, Verdict::inconc), Verdict::inconc);
  EXPECT_EQ(worse(Verdict::fail, Verdict::inconc), Verdict::fail);
  EXPECT_EQ(worse(Verdict::fail, Verdict::error), Verdict::error);
}

}  // namespace
}  // namespace tollgate::rules
