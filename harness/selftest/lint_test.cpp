// tollgate lint as a user calls it: what is no message, and what is nothing to judge.
#include <gmock/gmock.h>

#include "selftest/program_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string const options =
    "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:c@d>;tag=1\r\n"
    "To: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

TEST(Lint, CrlfsThatKeepAStreamAliveAreNoDeviation) {
  auto const folder = fresh_folder();
  for (auto const* const tail : {"\r\n", "\r\n\r\n", "\r\n\r\n\r\n"}) {
    auto const busy = shell("tollgate lint --stream '" + write_file(folder / "busy", options + tail) + "'");
    EXPECT_EQ(busy.exit, 0) << busy.output;
    EXPECT_THAT(busy.output, HasSubstr("1 messages, 0 to be rejected"));
    auto const idle = shell("tollgate lint --stream '" + write_file(folder / "idle", tail) + "'");
    EXPECT_EQ(idle.exit, 0) << idle.output;
    EXPECT_THAT(idle.output, HasSubstr("0 messages, 0 to be rejected"));
  }
}

TEST(Lint, NothingToJudgeIs4) {
  auto const empty_folder = fresh_folder();
  auto const empty_file = write_file(fresh_folder() / "empty", "");
  for (auto const& path : {empty_folder.string(), empty_file}) {
    auto const ended = shell("tollgate lint '" + path + "'");
    EXPECT_EQ(ended.exit, 4) << ended.output;
    EXPECT_THAT(ended.output, HasSubstr("nothing to judge"));
    EXPECT_THAT(ended.last_line(), StartsWith("exit 4"));
  }
}

TEST(Lint, ASessionDescriptionIsJudgedInItsMessage) {
  auto text = options;
  text.replace(text.find("Content-Length: 0"), 17, "Content-Type: application/sdp\r\nContent-Length: 5") += "v=1\r\n";
  auto const ended = shell("tollgate lint '" + write_file(fresh_folder() / "sdp", text) + "'");
  EXPECT_EQ(ended.exit, 1) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("reject, answered 400"));
  EXPECT_THAT(ended.output, HasSubstr("proto-version"));
}

}  // namespace
}  // namespace tollgate::selftest
