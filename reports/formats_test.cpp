#include "reports/formats.hpp"

#include <gmock/gmock.h>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;

/// A reader of any report learns how the server reads the ambiguous steps.
TEST(Formats, EachTellsWhatTheRunShowedOfTheReading) {
  auto run = sample_run();
  run.inferred["debit"] = "pre";
  unsigned count = 0;
  for (auto const& format : formats()) {
    EXPECT_THAT(format.render(run), HasSubstr("the run showed: debit pre; that fits TWELVE-STEP, CR-FIRST")) << format.kind;
    EXPECT_THAT(format.render(run), HasSubstr("TWELVE-STEP lets a SUT pass that declares it")) << format.kind;
    ++count;
  }
  EXPECT_EQ(count, 7U);
}

}  // namespace
}  // namespace tollgate::reports
