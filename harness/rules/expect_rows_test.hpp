#pragma once
/// What a rule must conclude of traces that are written on one line.
#include <gmock/gmock.h>

#include "rules/one_line_trace_test.hpp"

namespace tollgate::rules {

using Check = Finding (*)(trace::Trace const&, Terms const&);

struct Row {
  std::string trace;
  Verdict verdict;
  std::vector<trace::EventId> witnesses;
  char const* because = "";
};

inline void expect(Check check, std::initializer_list<Row> rows, Terms const& terms = {}) {
  for (auto const& row : rows) {
    Finding const finding = check(OneLineTrace(row.trace), terms);
    EXPECT_EQ(finding.verdict, row.verdict) << row.trace << "\n  " << finding.because;
    EXPECT_THAT(finding.because, testing::HasSubstr(row.because)) << row.trace;
    if (!row.witnesses.empty()) EXPECT_THAT(finding.witnesses, testing::ElementsAreArray(row.witnesses)) << row.trace;
  }
}

}  // namespace tollgate::rules
