#include "runner/order_evidence.hpp"

#include <gmock/gmock.h>

#include "rules/one_line_trace_test.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Debit after a 200 to a SEND.
std::vector<std::string> refuted_by(std::string const& line, Duration lag) {
  std::vector<CaseResult> cases(1);
  cases.front().info.id = "DBT-04";
  cases.front().lag = lag;
  cases.front().trace = rules::OneLineTrace(line);
  for (auto const& one : order_evidence(cases, {}))
    if (one.arrow.from == 10 && one.arrow.to == 8) return one.refuted_by;
  return {"no such arrow"};
}

TEST(OrderEvidence, ATimeLimitMayHavePassedEarlierThanWeReadTheSend) {
  std::string const early = "reserve grant invite ok send:1 +29s +850ms debit:1";
  EXPECT_THAT(refuted_by(early, Duration::zero()), ElementsAre("DBT-04"));
  EXPECT_THAT(refuted_by(early, 200ms), IsEmpty()) << "we were that late, and may have read it as late";
  EXPECT_THAT(refuted_by(early, 100ms), ElementsAre("DBT-04")) << "that alone could not do it";
  EXPECT_THAT(refuted_by("reserve grant invite ok send:1 +20s debit:1", 200ms), ElementsAre("DBT-04"));
}

}  // namespace
}  // namespace tollgate
