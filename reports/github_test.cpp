#include "reports/github.hpp"

#include <algorithm>
#include <gmock/gmock.h>

#include "reports/mermaid.hpp"
#include "reports/sample_run_test.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t lines_with(std::string_view text, std::string_view start) {
  std::size_t count = 0;
  for (auto const line : split(text, '\n')) count += line.starts_with(start) ? 1U : 0U;
  return count;
}

/// What stands between fences is shown as it is.
std::string without_fenced(std::string_view text) {
  std::string out, fence;
  for (auto const line : split(text, '\n')) {
    auto const ticks = std::string(line.substr(0, line.find_first_not_of('`')));
    if (fence.empty() && ticks.size() >= 3) {
      fence = ticks;
    } else if (!fence.empty() && line == fence) {
      fence.clear();
    } else if (fence.empty()) {
      out += std::string(line) + "\n";
    }
  }
  EXPECT_EQ(fence, "") << "a fence is not closed";
  return out;
}

TEST(GithubSummary, HasTheCountsThenWhatFailedWithItsLadderThenAll) {
  auto const text = github_summary(sample_run());
  EXPECT_THAT(text, HasSubstr("| 1 | 1 | 1 | 1 | 1 | 1 |"));
  auto const failure = text.find("### FAIL ORD-03");
  auto const all = text.find("<details><summary>All cases");
  ASSERT_NE(failure, std::string::npos);
  EXPECT_LT(failure, text.find("### ERROR NC-01"));
  EXPECT_LT(text.find("### ERROR NC-01"), text.find("### INCONC DBT-02"));
  EXPECT_LT(failure, all);
  EXPECT_THAT(text.substr(failure, all), HasSubstr("```mermaid\nsequenceDiagram\n"));
  EXPECT_THAT(text, HasSubstr("tollgate run ORD-03 --seed 42 --sut acme.toml"));
}

TEST(GithubSummary, StaysBelowTheLimitOverWhichGithubShowsNothing) {
  auto run = sample_run();
  auto const failed = run.cases[1];
  for (int i = 0; i < 2000; ++i) run.cases.push_back(failed);
  auto const text = github_summary(run);
  EXPECT_LT(text.size(), summary_max);
  EXPECT_THAT(text, HasSubstr(" more have no room here"));
  EXPECT_THAT(text, HasSubstr("<details><summary>All cases"));
}

TEST(GithubSummary, LetsNoMarkupOfASutThrough) {
  auto const text = github_summary(hostile_run());
  EXPECT_THAT(without_fenced(text), Not(HasSubstr("<script")));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(GithubAnnotations, AreTenOfAKindAtMostAndSayWhere) {
  auto run = sample_run();
  EXPECT_THAT(
      github_annotations(run),
      HasSubstr("::error file=scenarios/deferred_push/order/ord_03.cpp,line=12,title=ORD-03 6.3.2.8 (3-5)::unexpected INVITE: #10 INVITE"));
  EXPECT_EQ(lines_with(github_annotations(run), "::warning "), 1U);
  auto const failed = run.cases[1];
  for (int i = 0; i < 20; ++i) run.cases.push_back(failed);
  EXPECT_EQ(lines_with(github_annotations(run), "::error "), annotations_max);
  EXPECT_THAT(github_annotations(run), HasSubstr("13 more, see the summary"));
}

TEST(GithubAnnotations, AreOneLineEachWhateverASutSays) {
  auto const text = github_annotations(hostile_run());
  EXPECT_EQ(lines_with(text, "::"), static_cast<std::size_t>(std::ranges::count(text, '\n')));
}

TEST(Mermaid, DrawsPartiesMessagesAndWitnesses) {
  auto const run = sample_run();
  auto const text = mermaid(run.cases[1].trace, std::vector<trace::EventId>{10});
  EXPECT_THAT(text, HasSubstr("participant c0 as IM Client"));
  EXPECT_THAT(text, HasSubstr(" as IM Server\n"));
  EXPECT_THAT(text, HasSubstr(": 5. INVITE, "));
  EXPECT_THAT(text, HasSubstr(": #35;10 at +"));
}

TEST(Mermaid, ShowsOfALongTraceWhatStandsAroundTheWitness) {
  trace::Trace trace;
  for (int i = 0; i < 500; ++i) trace.record({.channel = trace::Channel::msrp, .actor = "alice", .octets = "x"});
  auto const text = mermaid(trace, std::vector<trace::EventId>{250});
  EXPECT_THAT(text, HasSubstr("#35;250 at"));
  EXPECT_THAT(text, HasSubstr(" events before\n"));
  EXPECT_THAT(text, HasSubstr(" events more\n"));
  EXPECT_LT(lines_with(text, "  "), mermaid_rows_max + 10);
}

TEST(Github, SaysWhatTheExitCodeMeansAndNamesAStaleBaseline) {
  auto run = sample_run();
  run.exit = 5;
  run.baseline_problems = {"baseline.toml:3:1: ORD-99 names no case"};
  EXPECT_THAT(github_summary(run), HasSubstr("exit 5: "));
  EXPECT_THAT(github_summary(run), HasSubstr("ORD-99 names no case"));
  EXPECT_THAT(github_annotations(run), HasSubstr("::error title=baseline::baseline.toml:3:1: ORD-99 names no case"));
}

}  // namespace
}  // namespace tollgate::reports
