#include "codec/deviations.hpp"

#include <gtest/gtest.h>

namespace tollgate {

static Diagnostic at(std::size_t offset) {
  return {.offset = offset, .rule = "x"};
}

TEST(Deviations, WithoutAnyTheMessageIsAccepted) {
  auto const judgement = Deviations().take();
  EXPECT_EQ(judgement.outcome, Outcome::accept);
  EXPECT_EQ(judgement.answer, std::nullopt);
}

TEST(Deviations, TheWorstDecidesAndOfSeveralTheFirst) {
  Deviations found;
  found.note(at(9), Outcome::accept);
  found.note(at(8), Outcome::accept, 501);
  EXPECT_EQ(found.outcome(), Outcome::accept);
  found.note(at(3), Outcome::either, 413);
  found.note(at(5), Outcome::reject, 400);
  found.note(at(1), Outcome::reject, 481);
  found.note(at(2), Outcome::either, 423);
  auto const judgement = std::move(found).take();
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.answer, 400U);
  for (std::size_t i = 1; i < judgement.diagnostics.size(); ++i)
    EXPECT_LT(judgement.diagnostics[i - 1].offset, judgement.diagnostics[i].offset);
}

TEST(Deviations, AnAcceptedMessageMayStillBeAnswered) {
  Deviations found;
  found.note(at(0), Outcome::accept);
  found.note(at(0), Outcome::accept, 501);
  EXPECT_EQ(std::move(found).take().answer, 501U);
}

TEST(Deviations, APartIsSeenFromTheWhole) {
  Deviations part, whole;
  part.note(ParseError{What::invalid, 7, "y", "z", "w"}, Outcome::reject);
  whole.note(std::move(part).take(), 100, 400);
  whole.note(Deviations().take(), 200, 415);
  auto const judgement = std::move(whole).take();
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.answer, 400U);
  EXPECT_EQ(judgement.diagnostics.at(0).offset, 107U);
}

}  // namespace tollgate
