#include "reports/sarif.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <set>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

/// What the schema of SARIF 2.1.0 wants of the parts that we write.
TEST(Sarif, HasWhatItsReadersNeed) {
  auto const run = sample_run();
  auto const document = json::parse(sarif(run));
  EXPECT_EQ(document.at("version").as_string(), "2.1.0");
  auto const& only = document.at("runs").as_array().at(0);
  auto const& rules = only.at("tool").at("driver").at("rules").as_array();
  auto const& results = only.at("results").as_array();
  ASSERT_EQ(results.size(), run.cases.size());
  std::set<std::string> levels;
  for (auto const& result : results) {
    auto const& rule = rules.at(result.at("ruleIndex").to_number<std::size_t>());
    EXPECT_EQ(result.at("ruleId"), rule.at("id"));
    EXPECT_FALSE(result.at("message").at("text").as_string().empty());
    auto const& place = result.at("locations").as_array().at(0).at("physicalLocation");
    EXPECT_FALSE(place.at("artifactLocation").at("uri").as_string().empty());
    EXPECT_GE(place.at("region").at("startLine").to_number<int>(), 1);
    bool const fails = result.at("kind").as_string() == "fail";
    levels.insert(std::string(result.at("level").as_string()));
    EXPECT_EQ(result.at("level").as_string() == "none", !fails) << "3.27.10";
  }
  EXPECT_TRUE(levels.contains("error"));
}

/// user_interface: the rule is the clause, and the kind is the verdict.
TEST(Sarif, SaysOfEachClauseWhetherItIsKept) {
  auto const document = json::parse(sarif(sample_run()));
  auto const& only = document.at("runs").as_array().at(0);
  std::string kinds;
  for (auto const& result : only.at("results").as_array()) {
    EXPECT_EQ(result.at("ruleId").as_string(), "6.3.2.8 (3-5)");
    kinds += std::string(result.at("properties").at("case").as_string()) + " " + std::string(result.at("kind").as_string()) + "/" +
             std::string(result.at("level").as_string()) + "\n";
  }
  EXPECT_EQ(kinds, "ORD-01 pass/none\nORD-03 fail/error\nDBT-02 open/none\nDBT-04 notApplicable/none\nDBT-09 fail/note\nNC-01 open/none\n");
  EXPECT_EQ(only.at("tool").at("driver").at("rules").as_array().size(), 1U) << "six cases of one clause";
  EXPECT_EQ(only.at("invocations").as_array().at(0).at("toolExecutionNotifications").as_array().size(), 1U);
}

TEST(Sarif, TellsWhatFailedAndHowToSeeItAgain) {
  auto const text = sarif(sample_run());
  EXPECT_THAT(text, HasSubstr("reserve_units was withheld. Again: tollgate run ORD-03 --seed 42 --sut acme.toml\""));
  EXPECT_THAT(text, HasSubstr("\"ORD-01: No INVITE is sent while the reserve answer is outstanding.\""));
}

TEST(Sarif, NotifiesOfAStaleBaseline) {
  auto run = sample_run();
  run.baseline_problems = {"baseline.toml:3:1: ORD-99 names no case"};
  EXPECT_THAT(sarif(run), HasSubstr("baseline: baseline.toml:3:1: ORD-99 names no case."));
}

}  // namespace
}  // namespace tollgate::reports
