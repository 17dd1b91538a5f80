#include "reports/compare.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

Run run_of(std::initializer_list<std::pair<char const*, Verdict>> cases) {
  Run run;
  run.sut = "acme-im";
  for (auto const& [id, verdict] : cases) run.cases.push_back(sample_case(id, "order", verdict, "reason", "because"));
  return run;
}

std::string changes(std::vector<Run> const& runs) {
  std::string all;
  for (auto const& one : compare(runs)) {
    all += one.info->id + ":";
    for (std::size_t i = 1; i < one.cells.size(); ++i) all += " " + describe(one.cells[compared_with(base_of(runs), i)], one.cells[i]);
    all += "\n";
  }
  return all;
}

TEST(Compare, SaysWhatBecameOfEachCase) {
  auto const before = run_of({{"A", Verdict::pass},
                              {"B", Verdict::fail},
                              {"C", Verdict::pass},
                              {"D", Verdict::inconc},
                              {"E", Verdict::known},
                              {"F", Verdict::pass}});
  auto const now = run_of(
      {{"B", Verdict::pass}, {"A", Verdict::fail}, {"C", Verdict::pass}, {"D", Verdict::fail}, {"E", Verdict::fail}, {"G", Verdict::fail}});
  EXPECT_EQ(changes({before, now}), "B: fixed\nA: pass->FAIL\nC: \nD: inconc->FAIL\nE: known->FAIL\nG: NEW: FAIL\nF: gone\n");
}

TEST(Compare, TellsRepetitionsApart) {
  auto const before = run_of({{"A", Verdict::pass}, {"A", Verdict::fail}});
  auto const now = run_of({{"A", Verdict::pass}, {"A", Verdict::pass}});
  EXPECT_EQ(changes({before, now}), "A: \nA: fixed\n");
  EXPECT_EQ(changes({now}), "A:\nA:\n");
}

TEST(MatrixPage, ShowsChangesFirstAndEveryRunAsAColumn) {
  std::vector<tollgate::Run> const runs{run_of({{"A", Verdict::pass}, {"B", Verdict::pass}}),
                                        run_of({{"A", Verdict::fail}, {"B", Verdict::pass}}), run_of({{"A", Verdict::pass}})};
  auto const page = matrix_page(runs);
  EXPECT_LT(page.find("What changed"), page.find("All cases"));
  EXPECT_THAT(page, HasSubstr(R"(<span class="change">pass-&gt;FAIL</span>)"));
  EXPECT_THAT(page, HasSubstr(R"(<span class="change">fixed</span>)"));
  EXPECT_THAT(page, HasSubstr("0 broke, 1 fixed, 0 new, 1 gone"));
}

/// Five faults of one server are told apart, and each leads to its own page.
TEST(MatrixPage, SaysWhichRunAColumnIsAndLeadsToItsPage) {
  std::vector<tollgate::Run> runs{run_of({{"A", Verdict::pass}}), run_of({{"A", Verdict::fail}}), run_of({{"A", Verdict::pass}})};
  runs[0].out = "/lab/out/green/";
  runs[1].out = "/lab/out/fault M05";
  runs[1].sut = "reference IM server with M05";
  runs[1].seed = 42;
  auto const page = matrix_page(runs, "/lab/pages/matrix.html");
  EXPECT_THAT(page, HasSubstr(R"(<a href="../out/green/index.html">1. green</a><small>acme-im</small><small>seed 0</small>)"));
  EXPECT_THAT(
      page,
      HasSubstr(
          R"(<a href="../out/fault%20M05/index.html">2. fault M05</a><small>reference IM server with M05</small><small>seed 42</small>)"));
  EXPECT_THAT(page, HasSubstr(R"(<a href="../out/fault%20M05/index.html#A"><span class="verdict">FAIL</span></a>)"));
  EXPECT_THAT(page, HasSubstr(R"(<th scope="col">3. acme-im<small>)")) << "whose folder is not known";
  EXPECT_THAT(matrix_page(runs), Not(HasSubstr("href")));
}

TEST(MatrixPage, SaysWhatTheBannerCompares) {
  std::vector<tollgate::Run> const runs{run_of({{"A", Verdict::pass}}), run_of({{"A", Verdict::fail}}), run_of({{"A", Verdict::fail}})};
  auto const page = matrix_page(runs);
  EXPECT_THAT(page, HasSubstr("From run 2 to run 3, the last: 0 broke, "));
  EXPECT_THAT(page, HasSubstr("From run 1, the first, to run 3: 1 broke, "));
}

/// Nothing new broke, and the run is red all the same; what is gone is nothing that holds.
TEST(MatrixPage, IsAsGoodAsItsLastRun) {
  auto const red = run_of({{"A", Verdict::fail}}), green = run_of({{"A", Verdict::pass}});
  EXPECT_THAT(matrix_page(std::vector{red, red}),
              HasSubstr(R"(<header class="banner fail"><h1>the last run broke nothing more: 0 pass, 1 fail</h1>)"));
  EXPECT_THAT(matrix_page(std::vector{red, green}), HasSubstr(R"(<header class="banner pass">)"));
  auto const one_gone = matrix_page(std::vector{run_of({{"A", Verdict::pass}, {"B", Verdict::pass}}), green});
  EXPECT_THAT(one_gone, HasSubstr(R"(<header class="banner inconc">)"));
  EXPECT_THAT(one_gone, HasSubstr(R"(<td class="inconc"> <span class="change">gone</span></td>)"));
}

/// What is red in the run that others are compared with is no doing of theirs.
TEST(MatrixPage, ComparesFaultsWithTheFirstRunThatHasNone) {
  std::vector<tollgate::Run> runs{run_of({{"A", Verdict::fail}}), run_of({{"A", Verdict::pass}})};
  runs[0].cases[0].again = "tollgate run A --seed 1 --fault M01";
  EXPECT_THAT(matrix_page(runs), HasSubstr(R"(<header class="banner fail"><h1>1 of 1 runs broke what passes in run 2</h1>)"));
  EXPECT_EQ(compare(runs)[0].cells[0].change, Change::broke);
  EXPECT_EQ(compare(runs)[0].cells[1].change, Change::none);
  runs[1].cases[0].again = "tollgate run A --seed 1 --fault M02";
  EXPECT_THAT(matrix_page(runs), HasSubstr(R"(<header class="banner pass"><h1>0 of 1 runs broke what passes in run 1</h1>)"));
}

TEST(MatrixPage, ComparesFaultsOfOneServerWithItsFirstRun) {
  std::vector<tollgate::Run> runs{
      run_of({{"A", Verdict::pass}, {"B", Verdict::pass}}), run_of({{"A", Verdict::fail}, {"B", Verdict::pass}}),
      run_of({{"A", Verdict::fail}, {"B", Verdict::fail}}), run_of({{"A", Verdict::pass}, {"B", Verdict::pass}})};
  EXPECT_EQ(changes(runs), "A: pass->FAIL  fixed\nB:  pass->FAIL fixed\n") << "one build after the other";
  for (std::size_t i = 1; i < runs.size(); ++i) {
    runs[i].out = fmt::format("/lab/M{}", i);
    for (auto& one : runs[i].cases) one.again = fmt::format("tollgate run {} --seed 1 --fault M{}", one.info.id, i);
  }
  auto const page = matrix_page(runs);
  EXPECT_THAT(page, HasSubstr("<h1>2 of 3 runs broke what passes in run 1</h1>"));
  EXPECT_THAT(page, HasSubstr("each is compared with run 1, in which nothing fails"));
  EXPECT_THAT(page, HasSubstr("M2: 2 broke, 0 fixed, "));
  EXPECT_THAT(page, HasSubstr("M3: 0 broke, 0 fixed, "));
  EXPECT_THAT(page, Not(HasSubstr(">fixed<")));
}

TEST(MatrixPage, LetsNoMarkupOfASutThrough) {
  std::vector<tollgate::Run> const runs{hostile_run(), sample_run()};
  EXPECT_THAT(matrix_page(runs), Not(HasSubstr("<script")));
}

}  // namespace
}  // namespace tollgate::reports
