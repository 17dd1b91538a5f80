#include "runner/baseline.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char const* one_entry = R"([[known]]
case   = "ORD-12"
reason = "missing debit_units"
issue  = "ACME-412"
until  = 2027-01-31
)";

Baseline read(std::string const& text, std::string const& today = "2026-11-26") {
  auto baseline = Baseline::read("known.toml", text, today);
  EXPECT_TRUE(baseline) << baseline.error().text();
  return *baseline;
}

CaseResult result(std::string id, Verdict verdict, std::string reason = "", std::string because = "") {
  CaseResult out;
  out.info.id = std::move(id);
  out.verdict = verdict;
  out.reason = std::move(reason);
  out.because = std::move(because);
  return out;
}

std::vector<Case> suite() {
  return {{.info = {.id = "ORD-12"}}, {.info = {.id = "DBT-02"}}};
}

TEST(Baseline, AFailForItsReasonIsKnownAndAnyOtherStaysAFail) {
  auto const baseline = read(one_entry);
  auto known = result("ORD-12", Verdict::fail, "missing debit_units", "no debit came");
  baseline.apply(known);
  EXPECT_EQ(known.verdict, Verdict::known);
  EXPECT_EQ(known.because, "ACME-412 until 2027-01-31: no debit came");
  auto other_reason = result("ORD-12", Verdict::fail, "unexpected INVITE");
  auto other_case = result("DBT-02", Verdict::fail, "missing debit_units");
  for (auto* one : {&other_reason, &other_case}) {
    baseline.apply(*one);
    EXPECT_EQ(one->verdict, Verdict::fail) << one->info.id;
  }
}

TEST(Baseline, AnotherFindingThatFailsIsNewBehindAKnownOneToo) {
  auto const failed = [] {
    auto out = result("ORD-12", Verdict::fail, "missing debit_units", "no debit came; #7 alice: exit 1");
    out.findings = {{.rule = "ORD-12", .verdict = Verdict::fail, .reason = "missing debit_units", .because = "no debit came"},
                    {.rule = "G1", .verdict = Verdict::pass, .reason = "G1"},
                    {.rule = "G5", .verdict = Verdict::fail, .reason = "G5", .because = "its units stay held"}};
    return out;
  };
  auto fresh = failed();
  read(one_entry).apply(fresh);
  EXPECT_EQ(fresh.verdict, Verdict::fail);
  EXPECT_EQ(fresh.reason, "G5");
  EXPECT_EQ(fresh.because, "its units stay held (new; what else failed is known: ACME-412 until 2027-01-31)");
  auto both = failed();
  read(std::string(one_entry) + "[[known]]\ncase = \"ORD-12\"\nreason = \"G5\"\nissue = \"ACME-7\"\nuntil = 2027-02-28\n").apply(both);
  EXPECT_EQ(both.verdict, Verdict::known);
  EXPECT_EQ(both.because, "ACME-412 until 2027-01-31, ACME-7 until 2027-02-28: no debit came; #7 alice: exit 1");
}

TEST(Baseline, ThePartOfAReasonMayStandInItsSentence) {
  auto const baseline = read("[[known]]\ncase = \"ORD-12\"\nreason = \"D-ALL\"\nissue = \"X-1\"\nuntil = \"2027-01-31\"\n");
  auto one = result("ORD-12", Verdict::fail, "missing debit_units", "debits once after all outcomes (D-ALL)");
  baseline.apply(one);
  EXPECT_EQ(one.verdict, Verdict::known);
}

TEST(Baseline, APassOfWhatShouldFailIsAFailThatSaysWhichEntryToDelete) {
  auto passed = result("ORD-12", Verdict::pass);
  read(one_entry).apply(passed);
  EXPECT_EQ(passed.verdict, Verdict::fail);
  EXPECT_EQ(passed.reason, "unexpected pass");
  EXPECT_THAT(passed.because, HasSubstr("known.toml:1:1"));
  auto undecided = result("ORD-12", Verdict::inconc);
  read(one_entry).apply(undecided);
  EXPECT_EQ(undecided.verdict, Verdict::inconc);
}

TEST(Baseline, AnExpiredEntryStillNamesItsFailureAndIsAProblem) {
  EXPECT_THAT(read(one_entry, "2027-01-31").problems(suite()), IsEmpty()) << "the last day counts";
  auto const expired = read(one_entry, "2027-02-01");
  EXPECT_THAT(expired.problems(suite()), ElementsAre(HasSubstr("expired on 2027-01-31")));
  auto failed = result("ORD-12", Verdict::fail, "missing debit_units");
  auto passed = result("ORD-12", Verdict::pass);
  expired.apply(failed);
  expired.apply(passed);
  EXPECT_EQ(failed.verdict, Verdict::known);
  EXPECT_EQ(passed.verdict, Verdict::pass);
}

TEST(Baseline, AnEntryThatNamesNoCaseIsAProblem) {
  auto const orphan = read("[[known]]\ncase = \"ORD-99\"\nreason = \"x\"\nissue = \"X-1\"\nuntil = 2027-01-31\n");
  EXPECT_THAT(orphan.problems(suite()), ElementsAre(AllOf(HasSubstr("ORD-99"), HasSubstr("known.toml:1:1"))));
}

TEST(Baseline, AnEmptyFileKnowsNothing) {
  EXPECT_THAT(read("").problems(suite()), IsEmpty());
}

TEST(Baseline, RefusesWithThePlace) {
  struct Row {
    std::string text;
    char const* where;
    char const* what;
  };
  std::string const entry = one_entry;
  Row const rows[] = {
      {"[[knwon]]\n", "known.toml:1:3", "known are known"},
      {"[known]\n", "known.toml:1:1", "begins with [[known]]"},
      {"known = 3\n", "known.toml:1:9", "begins with [[known]]"},
      {"[[known]]\ncase = \"ORD-12\"\n", "known.toml:1:1", "known.reason"},
      {"[[known]]\ncase = \"ORD-12\"\nreason = \"\"\n", "known.toml:3:10", "known.reason"},
      {"[[known]]\ncase = \"ORD-12\"\nreason = \"r\"\nissue = \"i\"\n", "known.toml:1:1", "known.until"},
      {"[[known]]\ncase = \"ORD-12\"\nreason = \"r\"\nissue = \"i\"\nuntil = \"soon\"\n", "known.toml:5:9", "a date like"},
      {"[[known]]\ncase = \"ORD-12\"\nreason = \"r\"\nissue = \"i\"\nuntil = \"2027-02-30\"\n", "known.toml:5:9", "a date like"},
      {"[[known]]\ncase = \"ORD-12\"\nreason = \"r\"\nissue = \"i\"\nuntil = 7\n", "known.toml:5:9", "a date like"},
      {entry + "note = \"x\"\n", "known.toml:6:1", "unknown key known.note"},
      {entry + entry, "known.toml:7:10", "known.toml:1:1"},
      {"[[known]\n", "known.toml:1:", ""},
  };
  for (auto const& row : rows) {
    auto const baseline = Baseline::read("known.toml", row.text, "2026-11-26");
    ASSERT_FALSE(baseline) << row.text;
    EXPECT_THAT(baseline.error().where, HasSubstr(row.where)) << row.text << baseline.error().text();
    EXPECT_THAT(baseline.error().what, HasSubstr(row.what)) << row.text;
  }
}

}  // namespace
}  // namespace tollgate
