#include "reports/junit.hpp"

#include <gmock/gmock.h>
#include <pugixml.hpp>

#include "base/xml_schema_test.hpp"
#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

pugi::xml_document parse(std::string const& xml) {
  pugi::xml_document document;
  auto const parsed = document.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  EXPECT_TRUE(parsed) << parsed.description() << " at " << parsed.offset;
  return document;
}

pugi::xml_node testcase(pugi::xml_document const& document, std::string const& id) {
  return document.select_node(("//testcase[starts-with(@name,'" + id + "')]").c_str()).node();
}

std::string validate(std::string const& xml) {
  return checked_by_xmllint(xml, "reports/junit.xsd");
}

TEST(JUnit, MapsEveryVerdict) {
  auto const document = parse(junit_xml(sample_run()));
  EXPECT_FALSE(testcase(document, "ORD-01").child("failure"));
  EXPECT_STREQ(testcase(document, "ORD-03").child("failure").attribute("type").value(), "fail");
  EXPECT_STREQ(testcase(document, "DBT-02").child("error").attribute("type").value(), "inconc");
  EXPECT_STREQ(testcase(document, "NC-01").child("error").attribute("type").value(), "error");
  EXPECT_STREQ(testcase(document, "DBT-04").child("skipped").attribute("message").value(),
               "profile CR-LIST: this purpose belongs to TWELVE-STEP");
  EXPECT_STREQ(testcase(document, "DBT-09").child("skipped").attribute("message").value(), "known: ACME-412, expires 2027-01-31");
  auto const root = document.child("testsuites");
  EXPECT_EQ(root.attribute("tests").as_int(), 6);
  EXPECT_EQ(root.attribute("failures").as_int(), 1);
  EXPECT_EQ(root.attribute("errors").as_int(), 2);
  EXPECT_EQ(root.attribute("skipped").as_int(), 2);
}

TEST(JUnit, TellsAFailureWhereReadersLook) {
  auto const document = parse(junit_xml(sample_run()));
  auto const failed = testcase(document, "ORD-03");
  EXPECT_STREQ(failed.attribute("classname").value(), "tollgate.TWELVE-STEP.order");
  EXPECT_STREQ(failed.attribute("file").value(), "scenarios/deferred_push/order/ord_03.cpp");
  EXPECT_EQ(failed.attribute("line").as_int(), 12);
  EXPECT_STREQ(failed.attribute("time").value(), "0.620");
  EXPECT_THAT(failed.child("failure").attribute("message").value(), StartsWith("unexpected INVITE: #10 INVITE was received"));
  std::string const text = failed.child("failure").text().get();
  EXPECT_THAT(text, HasSubstr("unexpected INVITE: #10 INVITE was received")) << "GitLab drops the attribute";
  EXPECT_THAT(text, HasSubstr("witness #10 +502.190 ms IM Server -> alice  INVITE"));
  EXPECT_THAT(text, HasSubstr("again tollgate run ORD-03 --seed 42"));
  EXPECT_THAT(failed.child("system-out").text().get(), StartsWith("[[ATTACHMENT|reports/out/x/tests/ORD-03.svg]]"));
  EXPECT_FALSE(testcase(document, "ORD-01").child("system-out"));
}

TEST(JUnit, SaysWhichReadingTheRunShowed) {
  auto run = sample_run();
  run.inferred = {{"credit", "ecur"}, {"debit", "first"}};
  run.fits = {"TWELVE-STEP", "CR-FIRST"};
  auto const document = parse(junit_xml(run));
  auto const said = [&](std::string const& name) {
    auto const of_suite = ".//testsuite/properties/property[@name='" + name + "']";
    return std::string(document.select_node(of_suite.c_str()).node().attribute("value").value());
  };
  EXPECT_EQ(said("profile"), "TWELVE-STEP");
  EXPECT_EQ(said("inferred"), "credit ecur, debit first");
  EXPECT_EQ(said("fits"), "TWELVE-STEP, CR-FIRST");
  run.inferred.clear();
  EXPECT_THAT(junit_xml(run), Not(HasSubstr("inferred"))) << "it is not over yet";
  run.fits = {"TWELVE-STEP", "CR-LIST"};
  EXPECT_THAT(junit_xml(run), Not(HasSubstr("\"fits\""))) << "what showed nothing fits every bundle";
}

TEST(JUnit, SaysWhereTheRunShowedAnotherReadingThanIsDeclared) {
  auto run = sample_run();
  EXPECT_THAT(junit_xml(run), Not(HasSubstr("\"differs\"")));
  run.declares["debit"] = "first";
  run.inferred["debit"] = "pre";
  EXPECT_THAT(junit_xml(run), HasSubstr(R"(<property name="differs" value="declared debit first, shown pre"/>)"));
}

TEST(JUnit, TellsUnexpectedPassesAndUnfinishedCasesApart) {
  auto run = sample_run();
  run.cases[1].reason = "unexpected pass";
  run.cases[5] = CaseResult{};
  auto const xml = junit_xml(run);
  EXPECT_THAT(xml, HasSubstr(R"(<failure type="xpass")"));
  EXPECT_THAT(xml, HasSubstr(R"(<error type="incomplete" message="incomplete: the run ended before this case did")"));
}

TEST(JUnit, IsValid) {
  auto run = sample_run();
  run.cases.push_back(run.cases.front());  // --repeat
  EXPECT_EQ(validate(junit_xml(run)), "");
  run.started_at.clear();
  run.cases.clear();
  EXPECT_EQ(validate(junit_xml(run)), "");
}

TEST(JUnit, IsValidWhateverTheSutSent) {
  auto run = hostile_run();
  run.started_at = "2026-11-24T14:05:09Z";
  EXPECT_EQ(validate(junit_xml(run)), "");
  auto const document = parse(junit_xml(run));
  EXPECT_EQ(document.select_nodes("//script").size(), 0U);
  EXPECT_THAT(document.select_node("//failure").node().text().get(), HasSubstr("\\x1b[2J\\x00\\x01 \\xff\\xfe"));
}

TEST(JUnit, CapsEveryText) {
  auto run = sample_run();
  constexpr std::size_t ten_megabytes = 10'000'000, cap = 64 * 1024;
  run.cases[1].because = std::string(ten_megabytes, '\x01');
  run.cases[1].info.purpose = std::string(ten_megabytes, '<');
  run.cases[4].because = std::string(ten_megabytes, '&');
  auto const xml = junit_xml(run);
  EXPECT_LT(xml.size(), 10 * cap);
  EXPECT_EQ(validate(xml), "");
  EXPECT_THAT(xml, HasSubstr("more octets: see reports/out/x/tests/ORD-03.jsonl]"));
}

/// The run is red for it (exit 5), with every case green.
TEST(JUnit, HasAFailureForEachEntryOfAStaleBaseline) {
  auto run = sample_run();
  auto const before = junit_xml(run);
  run.baseline_problems = {"baseline.toml:3:1: ORD-99 names no case"};
  auto const xml = junit_xml(run);
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"BASELINE\" tests=\"1\" failures=\"1\""));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"baseline.toml:3:1: ORD-99 names no case\""));
  EXPECT_THAT(before, Not(HasSubstr("BASELINE")));
}

}  // namespace
}  // namespace tollgate::reports
