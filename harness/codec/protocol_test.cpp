#include "codec/protocol.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tollgate {
namespace {

TEST(Protocol, IsGuessedFromTheFirstOctets) {
  EXPECT_EQ(guess_protocol("INVITE sip:a@b SIP/2.0\r\n"), Protocol::sip);
  EXPECT_EQ(guess_protocol("\r\n\r\nSIP/2.0 200 OK\r\n"), Protocol::sip);
  EXPECT_EQ(guess_protocol("MSRP tid1 SEND\r\n"), Protocol::msrp);
  EXPECT_EQ(guess_protocol("v=0\r\no=- 1 1 IN IP4 h\r\n"), Protocol::sdp);
  EXPECT_EQ(guess_protocol("From: <im:a@b>\r\nTo: <im:c@d>\r\n\r\n"), Protocol::cpim);
  EXPECT_EQ(guess_protocol(std::string("\1\0\0\24", 4) + std::string(16, '\0')), Protocol::diameter);
  EXPECT_EQ(guess_protocol(""), Protocol::sip);
}

}  // namespace
}  // namespace tollgate
