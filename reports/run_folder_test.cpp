#include "reports/run_folder.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <gmock/gmock.h>

#include "base/text.hpp"
#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

std::string read(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> names(fs::path const& folder) {
  std::vector<std::string> out;
  for (auto const& entry : fs::directory_iterator(folder)) out.push_back(entry.path().filename().string());
  return out;
}

class RunFolderTest : public testing::Test {
 public:
  ~RunFolderTest() override { fs::remove_all(root); }

 protected:
  RunFolderTest() : root(fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(root);
    run = sample_run();
    run.exit = 3;
    run.out = (root / "run").string();
    run.sut_toml = "[sut]\n";
    done = run.cases;
    for (auto& result : run.cases)
      if (result.verdict != Verdict::na) result = CaseResult{.info = result.info};
  }

  /// The case ends with what the sample says of it.
  void end(RunFolder& folder, std::size_t index) {
    run.cases[index] = done[index];
    folder.write_artefacts(index, run.cases[index]);
    folder.finished(run.cases[index]);
  }

  fs::path root;
  tollgate::Run run;
  std::vector<CaseResult> done;
};

TEST_F(RunFolderTest, IsWholeBeforeTheFirstCase) {
  RunFolder folder(run, {});
  EXPECT_THAT(names(root / "run"),
              UnorderedElementsAre("results.json", "junit.xml", "index.html", "plan.json", "sut.toml", "tollgate.log", "tests"));
  auto const results = json::parse(read(root / "run/results.json"));
  EXPECT_EQ(results.at("summary").at("error"), 5);
  EXPECT_EQ(results.at("cases").at(0).at("reason"), "incomplete");
  EXPECT_THAT(read(root / "run/junit.xml"), HasSubstr("type=\"incomplete\""));
}

TEST_F(RunFolderTest, FollowsEveryVerdict) {
  RunFolder folder(run, {});
  end(folder, 1);
  auto const results = json::parse(read(root / "run/results.json"));
  EXPECT_EQ(results.at("summary").at("fail"), 1);
  EXPECT_EQ(results.at("cases").at(0).at("reason"), "incomplete");
  EXPECT_THAT(names(root / "run/tests"), UnorderedElementsAre("ORD-03.jsonl", "ORD-03.pcapng", "ORD-03.svg"));
  EXPECT_EQ(read(root / "run/tests/ORD-03.jsonl"), trace::save(done[1].trace));
  EXPECT_THAT(read(root / "run/tests/ORD-03.pcapng"), HasSubstr("#10 INVITE to alice\nwitness: unexpected INVITE"));
  EXPECT_THAT(read(root / "run/junit.xml"), HasSubstr(run.out + "/tests/ORD-03.svg]]"));
}

TEST_F(RunFolderTest, EndsWithPageLogAndExit) {
  RunFolder folder(run, {});
  for (std::size_t i = 0; i < run.cases.size(); ++i)
    if (run.cases[i].verdict != Verdict::na) end(folder, i);
  run.exit = 1;
  run.log = "the log of \x1b[2J a server\n";
  folder.complete();
  EXPECT_EQ(json::parse(read(root / "run/results.json")).at("exit"), 1);
  EXPECT_THAT(read(root / "run/index.html"), HasSubstr("at least one case failed"));
  EXPECT_EQ(read(root / "run/tollgate.log"), "the log of \\x1b[2J a server\n");
  EXPECT_EQ(read(root / "run/sut.toml"), "[sut]\n");
}

TEST_F(RunFolderTest, WritesExtraReportsFromTheStart) {
  std::vector<ExtraReport> extra;
  for (auto const* kind : {"junit", "json", "html", "text", "sarif", "tap", "tap13", "github"})
    extra.push_back(ExtraReport::parse(std::string(kind) + "=" + (root / "more" / kind).string()).value());
  RunFolder folder(run, extra);
  EXPECT_THAT(names(root / "more"), UnorderedElementsAre("junit", "json", "html", "text", "sarif", "tap", "tap13", "github"));
  end(folder, 1);
  EXPECT_EQ(read(root / "more/junit"), read(root / "run/junit.xml"));
  folder.complete();
  EXPECT_EQ(replaced(read(root / "more/html"), "../run/tests/", "tests/"), read(root / "run/index.html"));
  EXPECT_THAT(read(root / "more/html"), HasSubstr("href=\"../run/tests/ORD-03.svg\"")) << "from where the page lies";
  EXPECT_THAT(read(root / "more/text"), HasSubstr("FAIL ORD-03"));
}

TEST_F(RunFolderTest, PointsLatestToTheNewestRun) {
  RunFolder(run, {}).link_latest();
  run.out = (root / "second").string() + "/";
  RunFolder(run, {}).link_latest();
  EXPECT_EQ(fs::read_symlink(root / "latest"), "second");
  EXPECT_THAT(names(root), UnorderedElementsAre("run", "second", "latest"));
}

TEST_F(RunFolderTest, ForgetsTheTracesOfAnEarlierRunIntoIt) {
  {
    RunFolder folder(run, {});
    end(folder, 1);
  }
  run.cases[1] = CaseResult{.info = run.cases[1].info};
  RunFolder const folder(run, {});
  EXPECT_TRUE(names(root / "run/tests").empty());
}

TEST_F(RunFolderTest, KeepsWhatARunFoundBesideItsPlan) {
  RunFolder folder(run, {});
  auto found = failed_case();
  found.info.id = "PEERS";
  run.cases.push_back(found);
  folder.complete();
  EXPECT_THAT(names(root / "run/tests"), testing::Contains("PEERS.jsonl"));
  EXPECT_THAT(read(root / "run/junit.xml"), HasSubstr("PEERS"));
  EXPECT_THAT(read(root / "run/results.json"), HasSubstr("tests/PEERS.svg"));
}

TEST_F(RunFolderTest, NamesWhatItCannotWrite) {
  fs::create_directories(root);
  std::ofstream(root / "run") << "a file";
  try {
    RunFolder const folder(run, {});
    FAIL() << "a file stands where the folder should";
  } catch (ReportError const& error) {
    EXPECT_THAT(error.what(), HasSubstr(run.out));
  }
  EXPECT_THROW(write_file(root / "not there" / "x", ""), ReportError);
}

TEST(ExtraReport, IsKindAndPath) {
  EXPECT_EQ(ExtraReport::parse("junit=a=b.xml")->path, "a=b.xml");
  for (auto const* bad : {"junit", "junit=", "=x", "pdf=x", ""}) EXPECT_FALSE(ExtraReport::parse(bad)) << bad;
}

}  // namespace
}  // namespace tollgate::reports
