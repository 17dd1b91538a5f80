// The campaign as a user runs it: a faultless server has nothing, a faulty one is found out, and what is found plays again.
#include <filesystem>
#include <gmock/gmock.h>

#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string const small = "tollgate fuzz --execs 300 --seed 5 --timeout-scale 0.1";

TEST(Fuzz, FindsNothingInAFaultlessServer) {
  auto const ended = shell(small + out_folder());
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("#300  "));
  EXPECT_THAT(ended.output, Not(HasSubstr("FOUND")));
}

TEST(Fuzz, RefusesWhatMakesNoSense) {
  EXPECT_EQ(shell("tollgate fuzz --channel carrier-pigeon").exit, 64);
  EXPECT_EQ(shell("tollgate fuzz --channel http --execs 1" + out_folder()).exit, 64) << "CH-2 of this server goes over diameter";
  EXPECT_EQ(shell("tollgate fuzz --time soon" + out_folder()).exit, 64);
  EXPECT_EQ(shell("tollgate fuzz NO-SUCH" + out_folder()).exit, 4);
}

TEST(Fuzz, SaysWhatIsWrongWithWhatIsPlayedAgain) {
  EXPECT_EQ(shell("tollgate repro no-such-folder").exit, 65);
  auto const folder = fresh_folder();
  auto const file = write_file(folder / "repro.toml", "[[flow]]\nbase = \"push\"\nchanges = [\"sip 1 burn\"]\n");
  auto const ended = shell("tollgate repro " + file);
  EXPECT_EQ(ended.exit, 65);
  EXPECT_THAT(ended.output, HasSubstr("repro.toml:3:"));
}

}  // namespace
}  // namespace tollgate::selftest
