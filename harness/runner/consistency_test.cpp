#include "runner/consistency.hpp"

#include <gmock/gmock.h>

#include "rules/one_line_trace_test.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

CaseResult passed(std::string id, std::string const& line) {
  CaseResult out;
  out.info = {.id = std::move(id), .kind = "count"};
  out.verdict = Verdict::pass;
  out.trace = rules::OneLineTrace(line);
  return out;
}
std::vector<Contradiction> found(std::vector<CaseResult> const& cases, Profile const& profile = {.bundle = "CR-LIST"}) {
  return contradictions(cases, profile, Ixit{});
}

std::string const begin = "reserve:3 grant:3 invite ok ";
std::string const mixed = begin + "send:1 send:2 send:3 200:1 200:2 415:3 ";
std::string const counts_ok = mixed + "debit:2 bye";
std::string const counts_sent = mixed + "debit:3 bye";
std::string const all_delivered = begin + "send:1 send:2 send:3 200:1 200:2 200:3 ";

TEST(Consistency, AServerThatKeepsToOneReadingContradictsNothing) {
  EXPECT_THAT(found({}), IsEmpty());
  EXPECT_THAT(found({passed("DBT-10", counts_ok), passed("ORD-02", counts_ok), passed("DBT-09", all_delivered + "debit:3 bye")}),
              IsEmpty());
  EXPECT_THAT(found({passed("DBT-10", counts_sent), passed("DBT-09", all_delivered + "debit:3 bye")}), IsEmpty());
}

TEST(Consistency, UnitsThatCountNowThisAndNowThatAreTold) {
  auto const both = found({passed("DBT-10", counts_ok), passed("ORD-02", counts_sent), passed("ML-01", counts_sent)});
  ASSERT_THAT(both, SizeIs(1));
  EXPECT_EQ(both.front().finding.reason, "unstable units");
  EXPECT_THAT(both.front().finding.because, HasSubstr("ok by DBT-10, sent by ORD-02, ML-01"));
  EXPECT_THAT(both.front().trace.events(), SizeIs(2));
  EXPECT_THAT(both.front().finding.witnesses, testing::ElementsAre(1, 2));
}

/// Three messages delivered, one unit, one debit: U-FLAT, had DBT-10 not ruled it out.
TEST(Consistency, UnitsAreHeldToWhatTheRunHasShown) {
  auto const flat = found({passed("DBT-10", counts_ok), passed("DBT-09", all_delivered + "debit:1 bye")});
  ASSERT_THAT(flat, SizeIs(1));
  EXPECT_THAT(flat.front().finding.because, HasSubstr("DBT-10 shows that units count ok, but those of DBT-09 fit another reading only"));
}

TEST(Consistency, WhatIsDeclaredTheCasesHoldTheSutTo) {
  EXPECT_THAT(found({passed("DBT-10", counts_ok), passed("ORD-02", counts_sent)}, {.bundle = "CR-LIST", .units = "ok"}), IsEmpty());
  EXPECT_THAT(found({passed("DBT-10", counts_ok), passed("ORD-02", counts_sent)}, {.bundle = "CR-FIRST"}), IsEmpty()) << "U-SENT alone";
}

TEST(Consistency, DebitTimingAndCreditModelStayTheSameToo) {
  std::string const first = "reserve:2 grant:2 invite ok send:1 send:2 200:1 debit:2 +3 200:2 bye";
  std::string const all = "reserve:2 grant:2 invite ok send:1 send:2 200:1 +2 200:2 debit:2 bye";
  std::string const updates = "reserve:2 grant:2 invite ok send:1 send:2 200:1 +2 200:2 update:2 bye close";
  auto const timing = found({passed("DBT-12", first), passed("DBT-01", all)});
  ASSERT_THAT(timing, SizeIs(1));
  EXPECT_EQ(timing.front().axis, "debit");
  auto const credit = found({passed("DBT-07", all), passed("DBT-01", updates)});
  ASSERT_THAT(credit, SizeIs(1));
  EXPECT_EQ(credit.front().axis, "credit");
}

TEST(Consistency, WhoIsNoWitnessSaysNothing) {
  auto by_chance = passed("RB-15", counts_sent), failed = by_chance;
  by_chance.info.kind = "invariant";
  failed.verdict = Verdict::fail;
  EXPECT_THAT(found({passed("DBT-10", counts_ok), by_chance, failed}), IsEmpty());
}

TEST(Consistency, OwnLagSaysNothingOfWhatIsToldByTime) {
  auto late = passed("DBT-12", "reserve:2 grant:2 invite ok send:1 send:2 200:1 +2 200:2 debit:2 bye");
  auto const first = passed("DBT-01", "reserve:2 grant:2 invite ok send:1 send:2 200:1 debit:2 +3 200:2 bye");
  late.lag = 101ms;
  EXPECT_THAT(found({late, first}), IsEmpty());
  late.lag = 99ms;
  EXPECT_THAT(found({late, first}), SizeIs(1));
  auto counted = passed("DBT-10", counts_ok);
  counted.lag = 500ms;
  EXPECT_THAT(found({counted, passed("ORD-02", counts_sent)}), SizeIs(1)) << "units are the same whenever they are read";
}

}  // namespace
}  // namespace tollgate
