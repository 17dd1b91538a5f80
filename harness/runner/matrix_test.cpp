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

/// That nobody looks is no proof that there is nothing to see.
TEST(Matrix, OverHttpOnlyTheCatalogueSaysWhatIsAboutDiameter) {
  auto unseen = row({{"ORD-03", Verdict::na, {"needs diameter"}}, {"ORD-01", Verdict::pass, {}}});
  judge_row(unseen, &stated, ch2::Binding::http);
  EXPECT_FALSE(unseen.detected);
  EXPECT_THAT(unseen.problems, testing::Contains(HasSubstr("none of its detectors applies")));
  auto elsewhere = row({{"ORD-03", Verdict::na, {"needs diameter"}}, {"ORD-01", Verdict::fail, {"G1"}}});
  judge_row(elsewhere, &stated, ch2::Binding::http);
  EXPECT_THAT(elsewhere.problems, ElementsAre(HasSubstr("none of its detectors applies")));
  auto foreign = stated;
  foreign.about_diameter = "the watchdog";
  judge_row(elsewhere, &foreign, ch2::Binding::http);
  EXPECT_TRUE(elsewhere.detected);
  EXPECT_EQ(elsewhere.about_diameter, "the watchdog");
  judge_row(elsewhere, &foreign);
  EXPECT_FALSE(elsewhere.detected) << "over Diameter it is to be seen";
}

TEST(Matrix, OverHttpAnotherCaseMayHaveToDetectIt) {
  auto differs = stated;
  differs.over_http = {{"RSV-01", "missing reserve_units"}};
  auto r = row({{"ORD-03", Verdict::na, {"needs diameter"}}, {"RSV-01", Verdict::fail, {"missing reserve_units"}}});
  judge_row(r, &differs, ch2::Binding::http);
  EXPECT_THAT(r.problems, testing::IsEmpty());
  judge_row(r, &differs);
  EXPECT_FALSE(r.detected);
}

TEST(Matrix, AHarnessErrorIsNeverADetection) {
  auto r = row({{"ORD-03", Verdict::error, {"harness error"}}});
  judge_row(r, &stated);
  EXPECT_FALSE(r.detected);
}

}  // namespace
}  // namespace tollgate
