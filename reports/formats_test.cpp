#include "reports/formats.hpp"

#include <gmock/gmock.h>

#include "reports/account.hpp"
#include "reports/compare.hpp"
#include "reports/ladder_svg.hpp"
#include "reports/mermaid.hpp"
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
    EXPECT_THAT(format.render(run),
                HasSubstr("debit pre; declared debit first or each, shown pre; declared as shown it would fit TWELVE-STEP, CR-FIRST"))
        << format.kind;
    EXPECT_THAT(format.render(run), HasSubstr("TWELVE-STEP lets a SUT pass that declares it")) << format.kind;
    ++count;
  }
  EXPECT_EQ(count, 8U);
}

TEST(Formats, EachTellsTheDeclaredReadingBesideTheShownOne) {
  auto run = sample_run();
  run.declares = {{"debit", "first"}, {"credit", "ecur"}};
  run.inferred = {{"credit", "ecur"}, {"debit", "pre"}};
  constexpr auto note =
      "the run showed: credit ecur, debit pre; declared debit first, shown pre; declared as shown it would fit TWELVE-STEP, CR-FIRST";
  for (auto const& format : formats()) EXPECT_THAT(format.render(run), HasSubstr(note)) << format.kind;
}

TEST(Formats, EachTellsTheTimersThatAreNotTheDefault) {
  auto run = sample_run();
  run.declares = {{"diameter_watchdog_ns", "6000000000"}, {"live_ns", "2000000000"}};
  for (auto const& format : formats()) EXPECT_THAT(format.render(run), HasSubstr("watchdog 6.0 s (default 30.0 s)")) << format.kind;
}

TEST(Formats, WhatTheBundleHasNotIsNoDeclaredReading) {
  auto run = sample_run();
  run.inferred = {{"debit", "all"}};
  EXPECT_EQ(departure_from_declared(run), "declared debit first or each, shown all");
  run.inferred = {{"debit", "pre"}};
  EXPECT_EQ(departure_from_declared(run), "declared debit first or each, shown pre") << "TWELVE-STEP takes that of whoever declares it";
  run.declares = {{"debit", "pre"}};
  EXPECT_EQ(departure_from_declared(run), "");
  run.declares = {};
  run.inferred = {{"debit", "each"}};
  EXPECT_EQ(departure_from_declared(run), "") << "one of those that the bundle has";
  run.inferred = {{"quota", "soft"}};
  EXPECT_EQ(departure_from_declared(run), "") << "the bundle leaves it open";
}

/// Controls, broken UTF-8 and marks that reorder text would change what a terminal, an editor or a parser makes of a report.
TEST(Formats, EachIsLegibleTextWhateverASutSends) {
  auto run = hostile_run();
  for (auto const& format : formats()) {
    auto const text = format.render(run);
    for (auto const c : text) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') << format.kind << " " << int(c);
    EXPECT_EQ(text.find("\xff"), std::string::npos) << format.kind;
    EXPECT_EQ(text.find("\xed\xa0\x80"), std::string::npos) << format.kind << ": a surrogate";
    EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos) << format.kind << ": right to left";
  }
}

/// A header of 10 MB, in the trace and in what a finding says of it.
TEST(Formats, NoneGrowsWithWhatASutSends) {
  auto run = sample_run();
  std::string const huge(10'000'000, 'x');
  for (auto& result : run.cases) {
    result.because = result.reason = huge;
    for (auto& finding : result.findings) finding.because = huge;
    result.trace.record({.channel = trace::Channel::sip, .actor = "alice", .octets = "SIP/2.0 200 OK\r\nX-Long: " + huge + "\r\n\r\n"});
  }
  constexpr std::size_t most = 3'000'000;  // six cases, with the most that is repeated of a text
  for (auto const& format : formats()) EXPECT_LT(format.render(run).size(), most) << format.kind;
  EXPECT_LT(ladder_svg(run.cases[1].trace, huge).size(), most);
  EXPECT_LT(mermaid(run.cases[1].trace, {}).size(), most);
  std::vector const runs{run, run};
  EXPECT_LT(matrix_page(runs).size(), most);
}

}  // namespace
}  // namespace tollgate::reports
