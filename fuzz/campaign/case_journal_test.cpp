#include "fuzz/campaign/case_journal.hpp"

#include <fstream>
#include <gmock/gmock.h>

#include "fuzz/finding/folder_test.hpp"

namespace tollgate::fuzz {
namespace {

using Journal = FolderTest;

TEST_F(Journal, OfACampaignSaysWhereToGoOn) {
  Script const one{.base = "push", .changes = {*parse_change("sip 1 drop"), *parse_change("ch2 1 repeat 2")}, .number = 17};
  EXPECT_EQ(to_line(one), "17 push  sip 1 drop; ch2 1 repeat 2");
  EXPECT_EQ(parse_line(to_line(one)), one);
  EXPECT_FALSE(parse_line("17"));
  EXPECT_FALSE(parse_line("x push  sip 1 drop"));
  EXPECT_FALSE(parse_line("17 push  sip 1 burn"));
  CaseJournal(root).note(one);
  CaseJournal(root).note(one);  // goes on behind what is there
  EXPECT_EQ(text("cases.txt"), to_line(one) + "\n" + to_line(one) + "\n");
  EXPECT_FALSE(journaled(root)) << "no campaign was stopped there";
  write_state(root, {.seed = UINT64_MAX, .next = 18}, {one});
  auto const state = journaled(root);
  ASSERT_TRUE(state) << state.error().text();
  EXPECT_EQ(state->seed, UINT64_MAX);
  EXPECT_EQ(state->next, 18U);
  std::ofstream(root / "cases.txt", std::ios::app) << "20 push  sip 1 drop\n21 push  si";  // by whoever was killed
  EXPECT_EQ(journaled(root)->next, 21U) << "behind the last whole line";
  CaseJournal(root).note(one);
  EXPECT_THAT(text("cases.txt"), testing::EndsWith("20 push  sip 1 drop\n" + to_line(one) + "\n"));
  auto const corpus = read_corpus(root);
  ASSERT_TRUE(corpus) << corpus.error().text();
  EXPECT_EQ(*corpus, std::vector{one});
}

/// Findings of before must not look like findings of now.
TEST_F(Journal, OfAnEarlierCampaignIsSetAside) {
  std::filesystem::create_directories(root);
  EXPECT_EQ(set_aside(root), std::nullopt);
  std::ofstream(root / "mine.txt") << "mine";
  for (unsigned nth = 1; nth <= 2; ++nth) {
    std::filesystem::create_directories(root / "crash-1");
    std::ofstream(root / "crash-1" / "repro.toml") << "[problem]\n";
    write_state(root, {.seed = 1, .next = 18}, {});
    CaseJournal(root).note({.base = "push", .changes = {}, .number = nth});
    auto const where = set_aside(root);
    ASSERT_EQ(where, root / "earlier" / std::to_string(nth));
    EXPECT_TRUE(std::filesystem::exists(*where / "crash-1" / "repro.toml"));
    EXPECT_THAT(names(), testing::UnorderedElementsAre("mine.txt", "earlier"));
  }
}

}  // namespace
}  // namespace tollgate::fuzz
