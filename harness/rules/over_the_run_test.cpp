#include "rules/over_the_run.hpp"

#include <gmock/gmock.h>

#include "trace/twelve_steps_test.hpp"

namespace tollgate::rules {
namespace {

using testing::HasSubstr;

/// The twelve steps, so much later, over that connection.
trace::Trace steps(std::int64_t later_ns, std::string const& local = "") {
  trace::Trace out;
  for (auto event : trace::twelve_steps().events()) {
    event.at_ns += later_ns;
    if (event.channel == trace::Channel::ch2 && !local.empty()) event.local = local;
    out.record(std::move(event));
  }
  return out;
}

constexpr std::int64_t second = 1'000'000'000;

std::vector<SharedIdentifier> between(trace::Trace const& one, trace::Trace const& other) {
  return shared_identifiers(std::vector<CaseTrace>{{"ORD-01", &one}, {"ORD-02", &other}}, {});
}

TEST(OverTheRun, TwoCasesOfOneConnectionShareNeitherSessionNorEndToEnd) {
  auto const found = between(steps(0), steps(second));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].finding.rule, "G7");
  EXPECT_EQ(found[1].finding.rule, "G8");
  for (auto const& one : found) {
    EXPECT_EQ(one.finding.verdict, Verdict::fail);
    EXPECT_THAT(one.finding.because, HasSubstr("#1 is of ORD-01, #2 of ORD-02"));
    EXPECT_EQ(one.trace.events().size(), 2U);
  }
}

TEST(OverTheRun, TheEarlierRequestIsTheFirstOfThePair) {
  auto const found = between(steps(second), steps(0));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(found[1].finding.because, HasSubstr("#1 is of ORD-02, #2 of ORD-01"));
}

TEST(OverTheRun, AnotherConnectionMayHaveAnotherServerAtItsEnd) {
  EXPECT_TRUE(between(steps(0), steps(second, "127.0.0.1:4868")).empty());
}

TEST(OverTheRun, AnEndToEndIdentifierMayComeAgainAfterFourMinutesASessionIdNever) {
  auto const found = between(steps(0), steps(241 * second));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].finding.rule, "G7");
}

TEST(OverTheRun, WhatACaseRepeatsItselfIsItsMonitorsToJudge) {
  auto const once = steps(0);
  EXPECT_TRUE(shared_identifiers(std::vector<CaseTrace>{{"ORD-01", &once}, {"ORD-01", &once}}, {}).empty());
}

}  // namespace
}  // namespace tollgate::rules
