#include "runner/inference.hpp"

#include <gmock/gmock.h>

#include "rules/one_line_trace_test.hpp"

namespace tollgate {
namespace {

using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

std::map<std::string, std::string> inferred(std::vector<std::string> const& lines) {
  std::vector<CaseResult> cases(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) cases[i].trace = rules::OneLineTrace(lines[i]);
  return infer_profile(cases, Ixit{});
}
std::string on(std::string const& axis, std::string const& line) {
  auto const all = inferred({line});
  auto const found = all.find(axis);
  return found == all.end() ? "" : found->second;
}
std::string const begin = "reserve:2 grant:2 invite ok ";

TEST(Inference, ASingleMessageLeavesMostOpen) {
  EXPECT_THAT(inferred({"reserve grant invite ok send:1 200:1 debit answer:2001 bye"}), UnorderedElementsAre(Pair("credit", "ecur")));
  EXPECT_THAT(inferred({"reserve deny"}), IsEmpty());
}

TEST(Inference, DebitTimingIsReadOffWithheldAnswers) {
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 debit:2 +3 200:2 bye"), "first");
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 update:1 200:2 debit:1 bye"), "each");
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 +2 200:2 debit:2 bye"), "all");
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 200:2 debit:2 bye"), "") << "no time for an earlier one";
  EXPECT_EQ(on("debit", begin + "send:1 send:2 debit:2 200:1 200:2 bye"), "pre");
}

TEST(Inference, WhatEndsAPushTellsNoDebitTiming) {
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 hangs-up debit:2 200:2"), "") << "the second message has failed with the session";
  EXPECT_EQ(on("debit", begin + "send:1 send:2 hangs-up debit:2 200:1 200:2"), "");
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 breaks debit:2"), "");
  EXPECT_EQ(on("debit", begin + "send:1 send:2 481:1 debit:2 200:2 bye"), "") << "there is no session";
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 +31 debit:2 200:2 bye"), "") << "the second message has timed out";
  EXPECT_EQ(on("debit", begin + "send:1 send:2 200:1 +29 debit:2 200:2 bye"), "first");
}

TEST(Inference, ALevelLeavesWeakerCasesOut) {
  std::vector<CaseResult> cases(1);
  cases.front().info.strength = "profile";
  cases.front().trace = rules::OneLineTrace(begin + "send:1 send:2 200:1 debit:2 +3 200:2 bye");
  EXPECT_EQ(infer_profile(cases, Ixit{}).at("debit"), "first");
  EXPECT_THAT(infer_profile(cases, Ixit{}, "shall"), IsEmpty());
}

TEST(Inference, UnitsAreReadOffMixedOutcomes) {
  EXPECT_EQ(on("units", "reserve:3 grant:3 invite ok send:1 200:1 send:2 200:2 send:3 415:3 debit:3 bye"), "sent");
  EXPECT_EQ(on("units", "reserve:3 grant:3 invite ok send:1 200:1 send:2 200:2 send:3 415:3 debit:2 bye"), "ok");
  EXPECT_EQ(on("units", "reserve:3 grant:3 invite ok send:1 200:1 send:2 200:2 send:3 415:3 debit:1 bye"), "")
      << "a push that went wrong looks like it";
  std::vector<CaseResult> told(1);
  told.front().info.id = "DBT-10";
  told.front().trace = rules::OneLineTrace("reserve:3 grant:3 invite ok send:1 200:1 send:2 200:2 send:3 415:3 debit:1 bye");
  EXPECT_EQ(infer_profile(told, Ixit{}).at("units"), "flat");
  EXPECT_EQ(on("units", begin + "send:1 200:1 update:1 send:2 200:2 debit:1 bye"), "") << "sent and ok";
  EXPECT_EQ(on("units", begin + "send:1 200:1 send:2 415:2 debit:1 bye"), "") << "one unit fits two readings";
  EXPECT_EQ(on("units", begin + "send:1 200:1 send:2 200:2 debit:2"), "") << "not over yet";
}

TEST(Inference, ReleaseIsReadOffAWithheldDebitAnswer) {
  std::string const to_debit = "reserve grant invite ok send:1 200:1 debit ";
  EXPECT_EQ(on("release", to_debit + "bye +1 answer:2001"), "loose");
  EXPECT_EQ(on("release", to_debit + "+11 bye"), "") << "nobody waits longer than Tx";
  EXPECT_EQ(on("release", to_debit + "+3 answer:2001 bye"), "strict");
  EXPECT_EQ(on("release", to_debit + "answer:2001 bye"), "");
  EXPECT_EQ(on("release", "reserve grant invite ok send:1 debit +3 200:1 answer:2001 bye"), "") << "BYE waited for the outcome";
}

TEST(Inference, OutcomesAreReadOffA5xx) {
  EXPECT_EQ(on("unlisted", "reserve grant invite ok send:1 501:1 debit bye"), "settle");
  EXPECT_EQ(on("unlisted", "reserve grant invite ok send:1 501:1 close bye"), "strict");
  EXPECT_EQ(on("unlisted", "reserve grant invite ok send:1 413:1 debit bye"), "");
}

TEST(Inference, ADebitOfWhatIsFreeTellsNoCreditModel) {
  EXPECT_EQ(on("credit", "reserve free invite ok send:1 200:1 session:9 update:1 bye"), "");
}

TEST(Inference, QuotaIsReadOffAPartialGrant) {
  EXPECT_EQ(on("quota", "reserve:3 grant:1 invite ok send:1 200:1 debit:1 bye"), "count");
  EXPECT_EQ(on("quota", "reserve:3 grant:1 invite ok send:1 send:2 200:1 debit:1 bye"), "soft");
  EXPECT_EQ(on("quota", "reserve:1 grant:5 invite ok send:1 send:2 200:1 debit:1 bye"), "any");
}

TEST(Inference, TracesThatDisagreeGiveBothValues) {
  EXPECT_EQ(inferred({begin + "send:1 send:2 200:1 debit:2 +3 200:2 bye", begin + "send:1 send:2 200:1 +2 200:2 debit:2 bye"}).at("debit"),
            "all or first");
}

TEST(Inference, ADebitBeforeAnyOutcomeOutweighsOneAtTheFirst) {
  std::string const pre = begin + "send:1 send:2 debit:2 200:1 200:2 bye";
  EXPECT_EQ(inferred({begin + "send:1 send:2 200:1 debit:2 +3 200:2 bye", pre}).at("debit"), "pre");
  EXPECT_EQ(inferred({begin + "send:1 send:2 200:1 +2 200:2 debit:2 bye", pre}).at("debit"), "all or pre");
}

TEST(Inference, ThePurposeThatTellsReadingsApartSpeaksAlone) {
  auto const result = [](std::string id, std::string kind, std::string const& line) {
    CaseResult out;
    out.info = {.id = std::move(id), .kind = std::move(kind)};
    out.trace = rules::OneLineTrace(line);
    return out;
  };
  std::string const debited = "reserve grant invite ok send:1 200:1 debit ";
  std::vector<CaseResult> cases{result("BYE-01", "live", debited + "+3 answer:2001 bye"),
                                result("RB-15", "invariant", debited + "bye +1 answer:2001")};
  EXPECT_EQ(infer_profile(cases, Ixit{}).at("release"), "strict") << "chance says nothing";
  cases.push_back(result("ORD-07", "causal", debited + "bye +1 answer:2001"));
  EXPECT_EQ(infer_profile(cases, Ixit{}).at("release"), "loose");
}

}  // namespace
}  // namespace tollgate
