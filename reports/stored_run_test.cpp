#include "reports/stored_run.hpp"

#include <gmock/gmock.h>

#include "reports/run_folder.hpp"
#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

std::filesystem::path folder_of(Run& run) {
  run.out = (std::filesystem::path(testing::TempDir()) / ("stored-" + std::to_string(::getpid()))).string();
  RunFolder folder(run, {});
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    folder.write_artefacts(i, run.cases[i]);
    folder.finished(run.cases[i]);
  }
  folder.complete();
  return run.out;
}

TEST(StoredRun, GivesTheSameReportsAsTheRunItself) {
  auto run = sample_run();
  auto const stored = stored_run(folder_of(run));
  ASSERT_TRUE(stored) << stored.error();
  for (auto const* kind : {"json", "junit", "html", "text", "sarif", "tap", "tap13", "github"})
    EXPECT_EQ(render(kind, *stored), render(kind, run)) << kind;
}

TEST(StoredRun, ReadsBackWhateverASutSent) {
  auto run = hostile_run();
  auto const stored = stored_run(folder_of(run));
  ASSERT_TRUE(stored) << stored.error();
  ASSERT_EQ(stored->cases.size(), run.cases.size());
  for (std::size_t i = 0; i < run.cases.size(); ++i)
    if (!run.cases[i].trace.empty()) EXPECT_EQ(stored->cases[i].trace.events().size(), run.cases[i].trace.events().size()) << i;
}

TEST(StoredRun, SaysWhatIsWrongWithAFolder) {
  auto const folder = std::filesystem::path(testing::TempDir()) / ("no-run-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  EXPECT_THAT(stored_run(folder).error(), testing::HasSubstr("cannot be read"));
  write_file(folder / "results.json", "{");
  EXPECT_THAT(stored_run(folder).error(), testing::HasSubstr("not JSON"));
  write_file(folder / "results.json", "[]");
  EXPECT_THAT(stored_run(folder).error(), testing::HasSubstr("not the results"));
  write_file(folder / "results.json", R"({"tool":"tollgate","cases":[1,{"id":7,"findings":[{}],"artefacts":{"trace":"../x"}}]})");
  ASSERT_TRUE(stored_run(folder));
  EXPECT_EQ(stored_run(folder)->cases.size(), 1U);
}

}  // namespace
}  // namespace tollgate::reports
