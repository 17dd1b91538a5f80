#include "reports/results_json.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "reports/json_text.hpp"
#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> keys(json::value const& object) {
  std::vector<std::string> out;
  for (auto const& pair : object.as_object()) out.emplace_back(pair.key());
  return out;
}

TEST(ResultsJson, HasTheFieldsOfTheContractInTheirOrder) {
  auto const text = results_json(sample_run());
  auto const root = json::parse(text);
  auto top = keys(root);
  EXPECT_EQ(top.back(), "cases");
  top.resize(8);
  EXPECT_THAT(top, ElementsAre("tool", "version", "seed", "sut", "profile", "inferred", "exit", "summary"));
  EXPECT_THAT(keys(root.at("summary")), ElementsAre("pass", "fail", "inconc", "error", "na", "known"));
  auto fields = keys(root.at("cases").at(0));
  fields.resize(9);
  EXPECT_THAT(fields, ElementsAre("id", "verdict", "reason", "clause", "strength", "kind", "duration_s", "findings", "artefacts"));
  EXPECT_THAT(text, HasSubstr(R"("summary": { "pass": 1, "fail": 1, "inconc": 1, "error": 1, "na": 1, "known": 1 })"));
  EXPECT_THAT(text, HasSubstr(R"("inferred": { "debit": "first" })"));
  EXPECT_THAT(text, HasSubstr(R"("from": 4, "to": 5, "says": "INVITE after the grant", "was_in_order": 2, "is_ordered": "refuted")"));
  EXPECT_THAT(text, HasSubstr(R"("duration_s": 0.62, "findings": [ { "rule": "ORD-01", "verdict": "pass")"));
}

TEST(ResultsJson, NamesFilesRelativeToTheFolderWhereThereAreAny) {
  auto const root = json::parse(results_json(sample_run()));
  auto const& failed = root.at("cases").at(1);
  EXPECT_EQ(failed.at("artefacts"),
            json::parse(R"({"trace":"tests/ORD-03.jsonl","capture":"tests/ORD-03.pcapng","ladder":"tests/ORD-03.svg"})"));
  EXPECT_EQ(failed.at("findings").at(0).at("witnesses"), json::parse("[5,10]"));
  EXPECT_TRUE(root.at("cases").at(3).at("artefacts").as_object().empty());
}

TEST(ResultsJson, CallsAPlannedCaseAnIncompleteError) {
  tollgate::Run run;
  run.cases.emplace_back();
  run.cases.back().verdict = Verdict::none;
  auto const root = json::parse(results_json(run));
  EXPECT_EQ(root.at("cases").at(0).at("verdict"), "error");
  EXPECT_EQ(root.at("cases").at(0).at("reason"), "incomplete");
  EXPECT_EQ(root.at("summary").at("error"), 1);
  EXPECT_EQ(root.at("exit"), 3);
}

TEST(ResultsJson, StaysJsonWhateverTheSutSent) {
  boost::system::error_code error;
  auto const root = json::parse(results_json(hostile_run()), error);
  ASSERT_FALSE(error) << error.message();
  EXPECT_THAT(std::string(root.at("cases").at(0).at("because").as_string()), HasSubstr("\\x1b[2J\\x00\\x01 \\xff\\xfe"));
}

TEST(PlanJson, SaysWhichArgumentsChoseTheCases) {
  auto run = sample_run();
  run.selection = {.prefixes = {"ORD"}, .level = "shall", .partition = Partition::parse("hash:2/3"), .repeat = 2, .is_shuffled = true};
  EXPECT_EQ(json_text(json::parse(plan_json(run)).at("selection")),
            R"({ "select": [ "ORD" ], "filter": "*", "level": "shall", "partition": "hash:2/3", "repeat": 2, "shuffle": true })");
  EXPECT_EQ(arguments(run.selection), "ORD --level shall --partition hash:2/3 --repeat 2 --shuffle");
  EXPECT_EQ(arguments({}), "");
}

TEST(PlanJson, SaysWhatWillRunAndWhatDoesNotApply) {
  auto const root = json::parse(plan_json(sample_run()));
  auto const& first = root.at("cases").at(0);
  EXPECT_THAT(keys(first), ElementsAre("id", "purpose", "clause", "strength", "kind", "group", "file", "line", "profile", "again"));
  EXPECT_EQ(root.at("cases").at(3).at("na"), "profile CR-LIST: this purpose belongs to TWELVE-STEP");
}

TEST(JsonText, WritesNumbersAsPeopleDo) {
  EXPECT_EQ(json_text(json::value(0.62)), "0.62");
  EXPECT_EQ(json_text(json::value(18446744073709551615U)), "18446744073709551615");
  EXPECT_EQ(json_text(json::parse(R"({"a":[],"b":{},"c":[1,null,true]})")), R"({ "a": [], "b": {}, "c": [ 1, null, true ] })");
}

TEST(Artefacts, HaveNamesThatStayInsideTheFolder) {
  tollgate::Run run;
  for (auto const* id : {"ORD-03", "ORD-03", "../x/y", "", "..", "a b"}) {
    run.cases.emplace_back();
    run.cases.back().info.id = id;
  }
  std::vector<std::string> stems;
  for (auto const& files : artefacts(run)) stems.push_back(files.stem);
  EXPECT_THAT(stems, ElementsAre("tests/ORD-03", "tests/ORD-03.2", "tests/_._x_y", "tests/_", "tests/_.", "tests/a_b"));
}

}  // namespace
}  // namespace tollgate::reports
