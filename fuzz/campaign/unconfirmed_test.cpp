#include "fuzz/campaign/unconfirmed.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

namespace tollgate::fuzz {
namespace {

Suspicion suspicion_of(std::string bucket) {
  return {.problem = {.kind = "crash", .bucket = std::move(bucket), .says = "", .report = {}}, .scripts = {Script{.base = "push"}}};
}

std::string repro_in(std::filesystem::path const& folder) {
  std::ifstream in(folder / "repro.toml");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path fresh_folder() {
  auto out = std::filesystem::temp_directory_path() / ("unconfirmed-" + std::to_string(getpid()));
  std::filesystem::remove_all(out);
  return out;
}

TEST(Unconfirmed, IsLetBeWhenItHasBeenTriedThreeTimes) {
  Unconfirmed some(fresh_folder());
  auto const one = suspicion_of("a");
  EXPECT_FALSE(some.has_been_tried(one.problem));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(std::filesystem::exists(some.keep(one, {}) / "repro.toml"));
  EXPECT_TRUE(some.has_been_tried(one.problem));
  EXPECT_FALSE(some.has_been_tried(suspicion_of("b").problem));
  EXPECT_EQ(some.problems(), 1U);
}

TEST(Unconfirmed, LeavesNoFolderOfWhatWasShownAfterAll) {
  auto const out = fresh_folder();
  Unconfirmed some(out);
  auto const one = suspicion_of("a"), other = suspicion_of("b");
  auto const first = some.keep(one, {}), second = some.keep(one, {}), of_other = some.keep(other, {});
  some.forget(one.problem);
  EXPECT_FALSE(std::filesystem::exists(first));
  EXPECT_FALSE(std::filesystem::exists(second));
  EXPECT_TRUE(std::filesystem::exists(of_other));
  EXPECT_EQ(some.problems(), 1U);
  some.forget(other.problem);
  EXPECT_FALSE(std::filesystem::exists(out / "unconfirmed"));
}

TEST(Unconfirmed, LiesThereUntriedUntilItIsTried) {
  auto const out = fresh_folder();
  auto const one = suspicion_of("a"), other = suspicion_of("b");
  std::filesystem::path untried, shown;
  {
    Unconfirmed interrupted(out);
    untried = interrupted.keep(one, {});
    shown = interrupted.keep(other, {});
  }
  Unconfirmed resumed(out);
  resumed.take_up(one.problem, untried);
  resumed.take_up(other.problem, shown);
  auto const tried = resumed.keep(one, {.times = 1});
  EXPECT_EQ(tried, untried) << "its number is free again";
  EXPECT_THAT(repro_in(tried), testing::HasSubstr("times = 1"));
  resumed.forget(other.problem);
  EXPECT_FALSE(std::filesystem::exists(shown));
  EXPECT_EQ(resumed.keep(one, {.times = 1}), out / "unconfirmed" / (one.problem.name() + "-2")) << "what was tried stays";
}

TEST(Unconfirmed, IsSoughtThoroughlyInAThirdOfTheTime) {
  Unconfirmed some(fresh_folder());
  EXPECT_FALSE(some.has_share_of(1h));
  (void)some.put_off(suspicion_of("a"));
  (void)some.put_off(suspicion_of("b"));
  EXPECT_FALSE(some.has_share_of(4min));
  EXPECT_TRUE(some.has_share_of(5min));
  EXPECT_EQ(some.next()->problem.bucket, "a");
  some.sought_for(2min);
  EXPECT_FALSE(some.has_share_of(10min));
  EXPECT_TRUE(some.has_share_of(11min));
  EXPECT_EQ(some.next()->problem.bucket, "b");
  EXPECT_FALSE(some.next());
}

TEST(Unconfirmed, IsSoughtThoroughlyOnce) {
  Unconfirmed some(fresh_folder());
  (void)some.put_off(suspicion_of("a"));
  (void)some.put_off(suspicion_of("a"));
  EXPECT_TRUE(some.next());
  (void)some.put_off(suspicion_of("a"));
  EXPECT_FALSE(some.next());
}

TEST(Unconfirmed, KeepsTheNewestOfVeryMany) {
  Unconfirmed some(fresh_folder());
  constexpr int many = 40;
  for (int i = 0; i < many; ++i) (void)some.put_off(suspicion_of(std::to_string(i)));
  EXPECT_EQ(some.next()->problem.bucket, "24");
}

}  // namespace
}  // namespace tollgate::fuzz
