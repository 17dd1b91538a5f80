#include "fuzz/oracle/health.hpp"

#include <array>
#include <gmock/gmock.h>

#include "fuzz/oracle/growth.hpp"

namespace tollgate::fuzz {
namespace {

using testing::HasSubstr;

trace::Trace answered(std::string const& status) {
  trace::Trace out;
  out.record(
      {.direction = trace::Direction::received, .octets = "SIP/2.0 " + status + "\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n"});
  return out;
}

TEST(Health, OfAServerThatIsBusyIsExhausted) {
  Health health;
  for (unsigned i = 0; i < 64; ++i) health.notes(answered(i % 2 == 0 ? "503 Service Unavailable" : "200 OK"));
  EXPECT_EQ(health.exhausted({}), "") << "every other flow is served";
  health.notes(answered("200 OK"));
  health.notes(answered("503 Service Unavailable"));
  for (unsigned i = 0; i < 4; ++i) health.notes(answered("503 Service Unavailable"));
  EXPECT_THAT(health.exhausted({}), HasSubstr("too busy"));
  EXPECT_THAT(Health().exhausted(Footprint{.open_files = 9000, .memory_mb = 10}), HasSubstr("9000 files"));
  EXPECT_THAT(Health().exhausted(Footprint{.open_files = 950, .files_most = 1024, .memory_mb = 10}), HasSubstr("950 files"));
  EXPECT_EQ(Health().exhausted(Footprint{.open_files = 900, .files_most = 1024, .memory_mb = 10}), "");
}

TEST(Health, NeverRaisesTheLoadOfAnExhaustedServer) {
  EXPECT_EQ(fewer(192), 96U);
  EXPECT_EQ(fewer(6), 4U);
  EXPECT_EQ(fewer(4), 4U);
  EXPECT_EQ(fewer(1), 1U);
}

TEST(Health, SuspectsWhatItsFlowsDoNotExplain) {
  Health health;
  health.at_rest(Footprint{.open_files = 10, .memory_mb = 50});
  EXPECT_FALSE(health.growth(Footprint{.open_files = 10 + 64 + 800, .memory_mb = 50}, 100));
  auto const files = health.growth(Footprint{.open_files = 10 + 64 + 801, .memory_mb = 50}, 100);
  ASSERT_TRUE(files);
  EXPECT_EQ(files->kind, "leak");
  EXPECT_EQ(files->bucket, growth_of_files);
  EXPECT_EQ(health.growth(Footprint{.open_files = 10, .memory_mb = 1000}, 100)->bucket, growth_of_memory);
  EXPECT_FALSE(Health().growth(Footprint{.open_files = 9000, .memory_mb = 10}, 0)) << "nobody knows what it held at rest";
}

TEST(Growth, IsWhatEveryRoundAddsTo) {
  auto const of = [](unsigned first, unsigned second, unsigned third) {
    return std::array{Footprint{.open_files = first, .memory_mb = 50}, Footprint{.open_files = second, .memory_mb = 50},
                      Footprint{.open_files = third, .memory_mb = 50}};
  };
  EXPECT_EQ(times_in_round(1), 24U);
  EXPECT_EQ(times_in_round(100), 4U);
  EXPECT_EQ(growth_over(of(10, 22, 34), 1)->bucket, growth_of_files);
  EXPECT_FALSE(growth_over(of(10, 22, 33), 1));
  EXPECT_FALSE(growth_over(of(10, 60, 60), 1)) << "kept once, as a cache is";
  std::array const memory{Footprint{.open_files = 9, .memory_mb = 50}, Footprint{.open_files = 9, .memory_mb = 74},
                          Footprint{.open_files = 9, .memory_mb = 99}};
  EXPECT_EQ(growth_over(memory, 1)->bucket, growth_of_memory);
}

}  // namespace
}  // namespace tollgate::fuzz
