#include "reports/run_folder.hpp"

#include <boost/json.hpp>
#include <ctime>
#include <fstream>
#include <gmock/gmock.h>

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
 protected:
  RunFolderTest()
      : root_(fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(root_);
    run_ = sample_run();
    run_.exit = 3;
    run_.out = (root_ / "run").string();
    run_.sut_toml = "[sut]\n";
    done_ = run_.cases;
    for (auto& result : run_.cases)
      if (result.verdict != Verdict::na) result = CaseResult{.info = result.info};
  }
  ~RunFolderTest() override { fs::remove_all(root_); }

  /// The case ends with what the sample says of it.
  void end(RunFolder& folder, std::size_t index) {
    run_.cases[index] = done_[index];
    folder.finished(run_.cases[index]);
  }

  fs::path root_;
  tollgate::Run run_;
  std::vector<CaseResult> done_;
};

TEST_F(RunFolderTest, IsWholeBeforeTheFirstCase) {
  RunFolder folder(run_, {});
  EXPECT_THAT(names(root_ / "run"), UnorderedElementsAre("results.json", "junit.xml", "index.html", "plan.json",
                                                         "sut.toml", "tollgate.log", "tests"));
  auto const results = json::parse(read(root_ / "run/results.json"));
  EXPECT_EQ(results.at("summary").at("error"), 5);
  EXPECT_EQ(results.at("cases").at(0).at("reason"), "incomplete");
  EXPECT_THAT(read(root_ / "run/junit.xml"), HasSubstr("type=\"incomplete\""));
}

TEST_F(RunFolderTest, FollowsEveryVerdict) {
  RunFolder folder(run_, {});
  end(folder, 1);
  auto const results = json::parse(read(root_ / "run/results.json"));
  EXPECT_EQ(results.at("summary").at("fail"), 1);
  EXPECT_EQ(results.at("cases").at(0).at("reason"), "incomplete");
  EXPECT_THAT(names(root_ / "run/tests"), UnorderedElementsAre("ORD-03.jsonl", "ORD-03.pcapng", "ORD-03.svg"));
  EXPECT_EQ(read(root_ / "run/tests/ORD-03.jsonl"), trace::save(done_[1].trace));
  EXPECT_THAT(read(root_ / "run/tests/ORD-03.pcapng"), HasSubstr("#10 INVITE to alice\nwitness: unexpected INVITE"));
  EXPECT_THAT(read(root_ / "run/junit.xml"), HasSubstr(run_.out + "/tests/ORD-03.svg]]"));
}

TEST_F(RunFolderTest, EndsWithPageLogAndExit) {
  RunFolder folder(run_, {});
  for (std::size_t i = 0; i < run_.cases.size(); ++i)
    if (run_.cases[i].verdict != Verdict::na) end(folder, i);
  run_.exit = 1;
  run_.log = "the log";
  folder.complete();
  EXPECT_EQ(json::parse(read(root_ / "run/results.json")).at("exit"), 1);
  EXPECT_THAT(read(root_ / "run/index.html"), HasSubstr("at least one case failed"));
  EXPECT_EQ(read(root_ / "run/tollgate.log"), "the log");
  EXPECT_EQ(read(root_ / "run/sut.toml"), "[sut]\n");
}

TEST_F(RunFolderTest, WritesExtraReportsFromTheStart) {
  std::vector<ExtraReport> extra;
  for (auto const* kind : {"junit", "json", "html", "text"})
    extra.push_back(ExtraReport::parse(std::string(kind) + "=" + (root_ / "more" / kind).string()).value());
  RunFolder folder(run_, extra);
  EXPECT_THAT(names(root_ / "more"), UnorderedElementsAre("junit", "json", "html", "text"));
  end(folder, 1);
  EXPECT_EQ(read(root_ / "more/junit"), read(root_ / "run/junit.xml"));
  folder.complete();
  EXPECT_EQ(read(root_ / "more/html"), read(root_ / "run/index.html"));
  EXPECT_THAT(read(root_ / "more/text"), HasSubstr("FAIL ORD-03"));
}

TEST_F(RunFolderTest, PointsLatestToTheNewestRun) {
  RunFolder(run_, {}).link_latest();
  run_.out = (root_ / "second").string() + "/";
  RunFolder(run_, {}).link_latest();
  EXPECT_EQ(fs::read_symlink(root_ / "latest"), "second");
  EXPECT_THAT(names(root_), UnorderedElementsAre("run", "second", "latest"));
}

TEST_F(RunFolderTest, ForgetsTheTracesOfAnEarlierRunIntoIt) {
  {
    RunFolder folder(run_, {});
    end(folder, 1);
  }
  run_.cases[1] = CaseResult{.info = run_.cases[1].info};
  RunFolder const folder(run_, {});
  EXPECT_TRUE(names(root_ / "run/tests").empty());
}

TEST_F(RunFolderTest, NamesWhatItCannotWrite) {
  fs::create_directories(root_);
  std::ofstream(root_ / "run") << "a file";
  try {
    RunFolder const folder(run_, {});
    FAIL() << "a file stands where the folder should";
  } catch (ReportError const& error) {
    EXPECT_THAT(error.what(), HasSubstr(run_.out));
  }
  EXPECT_THROW(write_file(root_ / "not there" / "x", ""), ReportError);
}

TEST(ExtraReport, IsKindAndPath) {
  EXPECT_EQ(ExtraReport::parse("junit=a=b.xml")->path, "a=b.xml");
  for (auto const* bad : {"junit", "junit=", "=x", "pdf=x", ""}) EXPECT_FALSE(ExtraReport::parse(bad)) << bad;
}

TEST_F(RunFolderTest, CostsLittleFor200Cases) {
  run_.cases.assign(200, CaseResult{});
  for (std::size_t i = 0; i < run_.cases.size(); ++i)
    run_.cases[i].info = {.id = "ORD-" + std::to_string(i), .group = "order"};
  auto const ended = failed_case();
  auto const start = std::clock();
  RunFolder folder(run_, {});
  for (auto& result : run_.cases) {
    auto const info = result.info;
    result = ended;
    result.info = info;
    folder.finished(result);
  }
  folder.complete();
  auto const seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  RecordProperty("cpu_seconds", std::to_string(seconds));
  EXPECT_LT(seconds, 10.0) << "with sanitizers; about 0.5 without";
}

}  // namespace
}  // namespace tollgate::reports
