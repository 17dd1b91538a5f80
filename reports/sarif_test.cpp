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
  ASSERT_EQ(results.size(), rules.size());
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

TEST(Sarif, TellsWhatFailedAndHowToSeeItAgain) {
  auto const text = sarif(sample_run());
  EXPECT_THAT(text, HasSubstr("ORD-03"));
  EXPECT_THAT(text, HasSubstr("Again: "));
  EXPECT_EQ(text.find("ORD-01"), std::string::npos) << "a pass is no result";
}

}  // namespace
}  // namespace tollgate::reports
