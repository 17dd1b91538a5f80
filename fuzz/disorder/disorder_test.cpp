// The oracle of disorderly runs is held to what it must say: good flows exercise the rules, faulty servers break them.
#include "fuzz/disorder/disorder.hpp"

#include <gmock/gmock.h>

#include "base/random.hpp"
#include "fuzz/disorder/journal.hpp"
#include "fuzz/disorder/programs.hpp"

namespace tollgate::fuzz {
namespace {

using refserver::Fault;

Verdict verdict_of(Outcome const& outcome, std::string_view rule) {
  auto const found = std::ranges::find(outcome.findings, rule, &Finding::rule);
  return found == outcome.findings.end() ? Verdict::error : found->verdict;
}

TEST(Disorder, AGoodFlowExercisesEveryRule) {
  auto const outcome = play_in_disorder(orders().front());
  EXPECT_TRUE(outcome.is_alive);
  EXPECT_TRUE(outcome.is_peered);
  EXPECT_EQ(outcome.findings.size(), rules::monitors().size());
  for (auto const& finding : outcome.findings) EXPECT_EQ(finding.verdict, Verdict::pass) << finding.rule << '\n' << story(outcome.trace);
}

TEST(Disorder, TheFaultlessServerBreaksNoRuleUnderAnyReading) {
  for (auto const& program : orders()) {
    auto const outcome = play_in_disorder(program);
    EXPECT_TRUE(outcome.is_alive && outcome.is_peered);
    for (auto const& finding : outcome.findings)
      EXPECT_NE(finding.verdict, Verdict::fail) << finding.rule << ": " << finding.because << '\n' << story(outcome.trace);
  }
}

TEST(Disorder, AFaultBreaksItsRule) {
  auto const broken = [](Fault fault, std::string_view rule) {
    return std::ranges::any_of(orders(),
                               [&](auto const& program) { return verdict_of(play_in_disorder(program, {fault}), rule) == Verdict::fail; });
  };
  EXPECT_TRUE(broken(Fault::M01_invite_before_answer, "G1"));
  EXPECT_TRUE(broken(Fault::M02_invite_before_reserve, "G1"));
  EXPECT_TRUE(broken(Fault::M05_debit_before_outcome, "G3"));
  EXPECT_TRUE(broken(Fault::M49_one_unit_always, "G4"));
  EXPECT_TRUE(broken(Fault::M64_number_zero_in_debit, "G7"));
  EXPECT_TRUE(broken(Fault::M68_t_flag_on_first, "G8"));
  EXPECT_TRUE(broken(Fault::M80_bye_with_cseq_of_invite, "G9"));
  EXPECT_TRUE(broken(Fault::M101_one_transaction_id, "G11"));
}

TEST(Disorder, TheSameInputGivesTheSameStory) {
  for (auto const& program : orders())
    EXPECT_EQ(trace::save(play_in_disorder(program).trace), trace::save(play_in_disorder(program).trace));
}

TEST(Disorder, NoiseIsPlayedToTheEnd) {
  Random random(1);
  for (int round = 0; round < 50; ++round) {
    std::string noise;
    for (auto left = random.below(400); left > 0; --left) noise += static_cast<char>(random.next());
    EXPECT_TRUE(play_in_disorder(noise).is_alive);
  }
}

}  // namespace
}  // namespace tollgate::fuzz
