#include "runner/matrix.hpp"

#include <array>
#include <gmock/gmock.h>

namespace tollgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

refserver::FaultRow const stated{
    .fault = {}, .name = "M01_x", .clause = "", .sentence = "", .detectors = {{"ORD-03", "unexpected INVITE"}}, .reasons = {"G1"}};

MatrixRow row(std::vector<MatrixCell> cells) {
  return {.fault = "M01_x", .cells = std::move(cells)};
}

TEST(Matrix, AFaultIsDetectedWhenItsDetectorFailsForTheStatedReason) {
  auto r = row({{"ORD-03", Verdict::fail, {"unexpected INVITE", "G1"}}, {"ORD-01", Verdict::pass, {}}});
  judge_row(r, &stated);
  EXPECT_TRUE(r.detected);
}

TEST(Matrix, ASurvivorIsAProblem) {
  auto r = row({{"ORD-03", Verdict::pass, {}}});
  judge_row(r, &stated);
  EXPECT_FALSE(r.detected);
  EXPECT_THAT(r.problems, ElementsAre(HasSubstr("no effect"), HasSubstr("survived")));
}

TEST(Matrix, AnotherReasonIsAProblemInTheDetectorAndElsewhere) {
  auto detector = row({{"ORD-03", Verdict::fail, {"missing 200 REGISTER"}}});
  judge_row(detector, &stated);
  EXPECT_THAT(detector.problems, ElementsAre(HasSubstr("no stated reason"), HasSubstr("not for \"unexpected INVITE\"")));
  auto elsewhere = row({{"ORD-03", Verdict::fail, {"unexpected INVITE"}}, {"NC-01", Verdict::fail, {"G5"}}});
  judge_row(elsewhere, &stated);
  EXPECT_THAT(elsewhere.problems, ElementsAre(HasSubstr("NC-01 is fail for \"G5\"")));
}

TEST(Matrix, TheDetectorMustHaveRun) {
  auto r = row({{"ORD-01", Verdict::pass, {}}});
  judge_row(r, &stated);
  EXPECT_THAT(r.problems, testing::Contains("ORD-03 did not run"));
}

TEST(Matrix, TheFaultlessServerMustPassEverything) {
  auto clean = row({{"ORD-01", Verdict::pass, {}}, {"ORD-12", Verdict::na, {}}});
  judge_row(clean, nullptr);
  EXPECT_TRUE(clean.detected);
  auto inconclusive = row({{"ORD-01", Verdict::inconc, {"not stored"}}});
  judge_row(inconclusive, nullptr);
  EXPECT_FALSE(inconclusive.detected);
}

TEST(Matrix, AHarnessErrorIsNeverADetection) {
  auto r = row({{"ORD-03", Verdict::error, {"harness error"}}});
  judge_row(r, &stated);
  EXPECT_FALSE(r.detected);
}

}  // namespace
}  // namespace tollgate
