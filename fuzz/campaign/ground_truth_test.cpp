// Which planted defects a campaign has found: by function, or by what a server admits where a monitor saw an overcharge.
#include "fuzz/campaign/ground_truth.hpp"

#include <gmock/gmock.h>

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;

Found found(std::string kind, std::string bucket, std::size_t messages, std::string output = "") {
  Found out{.problem = {.kind = std::move(kind), .bucket = std::move(bucket), .says = "", .report = {}}};
  out.messages = messages;
  out.after = 17300ms;
  out.output = std::move(output);
  return out;
}

TEST(GroundTruth, CountsADefectByItsFunctionAndHowLongItsSequenceIs) {
  std::vector const all{found("crash", "crash a::copy_branch < b", 1), found("crash", "crash a::find_path", 9)};
  auto const table = ground_truth({"D01", "D19", "D20", "M01"}, all);
  EXPECT_THAT(
      table,
      HasSubstr("planted defects named by a finding: 2 of 3; minimised sequences at most twice as long as the shortest possible: 1 of 2"));
  EXPECT_THAT(table, HasSubstr("17.3 s  1 messages, 1 at least"));
  EXPECT_THAT(table, HasSubstr("not found"));
}

TEST(GroundTruth, CountsAWrongChargeThatTheServerAdmits) {
  auto const named = [](Found const& one) { return ground_truth({"D33"}, std::span(&one, 1)); };
  EXPECT_THAT(named(found("overcharge", "G3 debit_units", 9, "READY\nplanted: debits_again\n")), HasSubstr("1 of 1;"));
  EXPECT_THAT(named(found("overcharge", "G3 debit_units", 9, "READY\nplanted: counts_again\n")), HasSubstr("0 of 1;"));
  EXPECT_THAT(named(found("crash", "crash f", 9, "planted: debits_again\n")), HasSubstr("0 of 1;")) << "it died of something else";
}

TEST(GroundTruth, SaysNothingWhereNothingIsPlanted) {
  EXPECT_EQ(ground_truth({"M01"}, {}), "");
}

}  // namespace
}  // namespace tollgate::fuzz
