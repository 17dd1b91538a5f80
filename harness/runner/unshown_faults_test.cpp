#include "runner/unshown_faults.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

using refserver::Fault;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<CaseResult> one(std::string id, Verdict verdict) {
  std::vector<CaseResult> cases(1);
  cases.front().info.id = std::move(id);
  cases.front().verdict = verdict;
  cases.front().finished = true;
  return cases;
}

TEST(UnshownFaults, SaysNothingWhereACaseFailed) {
  std::vector const m01{Fault::M01_invite_before_answer};
  EXPECT_EQ(unshown_faults(m01, {m01.front()}, one("ORD-03", Verdict::fail)), "");
  EXPECT_EQ(unshown_faults(m01, {m01.front()}, one("ORD-03", Verdict::known)), "");
  EXPECT_EQ(unshown_faults({}, {}, one("ORD-03", Verdict::pass)), "");
}

TEST(UnshownFaults, NamesWhatHidesThem) {
  std::vector const m08{Fault::M08_bye_before_debit_answer};
  EXPECT_THAT(unshown_faults(m08, {}, one("ORD-07", Verdict::pass)),
              AllOf(HasSubstr("no case showed M08 (its switch was never looked at"), HasSubstr("of another reading"),
                    HasSubstr("`tollgate matrix --fault M08`"), Not(HasSubstr("not played"))));
  EXPECT_THAT(unshown_faults(m08, {m08.front()}, one("ORD-01", Verdict::pass)), HasSubstr("(nothing failed; not played: ORD-07"));
  std::vector const m181{Fault::M181_tx_off_the_clock};
  EXPECT_THAT(unshown_faults(m181, {}, one("NT-11", Verdict::pass)), HasSubstr("at a clock factor of 0.1"));
}

TEST(UnshownFaults, AFailureMayBeOfAnyThatWasLookedAt) {
  std::vector const both{Fault::M01_invite_before_answer, Fault::M08_bye_before_debit_answer};
  EXPECT_THAT(unshown_faults(both, {both.front()}, one("ORD-03", Verdict::fail)), AllOf(HasSubstr("M08"), Not(HasSubstr("M01"))));
}

}  // namespace
}  // namespace tollgate
