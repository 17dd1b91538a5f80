// kamailio as a registrar under the campaign: a server that none of us wrote has no finding, and lives.
#include <filesystem>
#include <gmock/gmock.h>

#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

std::string const alone = "unshare $([ $(id -u) = 0 ] || echo --map-root-user) --net --pid --fork --kill-child --mount-proc sh -c ";

TEST(FuzzedKamailio, HasNoFinding) {
  auto const ended = shell("cd '" + std::string(TOLLGATE_SOURCE_DIR) + "' && " + alone +
                           "'PATH=$PATH:/usr/sbin:/sbin; ip link set lo up && exec tollgate fuzz REG-01 REG-02 "
                           "--sut harness/selftest/outside/kamailio.toml --execs 1500 --seed 5 " +
                           out_folder() + "'");
  if (ended.output.contains("unshare: ")) GTEST_SKIP() << "this user may make no network: " << ended.output;
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, ContainsRegex("\n#1500 "));
  EXPECT_THAT(ended.output, Not(HasSubstr("FOUND")));
}

}  // namespace
}  // namespace tollgate::selftest
