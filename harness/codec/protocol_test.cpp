#include "codec/protocol.hpp"

#include <gtest/gtest.h>
#include <string>

namespace tollgate {
namespace {

TEST(Protocol, IsGuessedFromTheFirstOctets) {
  EXPECT_EQ(guess_protocol("INVITE sip:a@b SIP/2.0\r\n"), Protocol::sip);
  EXPECT_EQ(guess_protocol("\r\n\r\nSIP/2.0 200 OK\r\n"), Protocol::sip);
  EXPECT_EQ(guess_protocol("SIP/2.0 4294967301 better not break the receiver\r\n"), Protocol::sip);
  EXPECT_EQ(guess_protocol("OPTIONS tel:+1234\r\n"), Protocol::sip);
  EXPECT_EQ(guess_protocol("MSRP tid1 SEND\r\n"), Protocol::msrp);
  EXPECT_EQ(guess_protocol("v=0\r\no=- 1 1 IN IP4 h\r\n"), Protocol::sdp);
  EXPECT_EQ(guess_protocol("From: <im:a@b>\r\nTo: <im:c@d>\r\n\r\n"), Protocol::cpim);
  EXPECT_EQ(guess_protocol("Subject:;lang=fr Objet\r\n"), Protocol::cpim);
  EXPECT_EQ(guess_protocol("Content-Type: Message/CPIM; charset=utf-8\r\n"), Protocol::cpim);
  EXPECT_EQ(guess_protocol("POST /ch2 HTTP/1.1\r\nHost: a\r\n"), Protocol::ch2);
  EXPECT_EQ(guess_protocol("HTTP/1.1 200 OK\r\n"), Protocol::ch2);
  EXPECT_EQ(guess_protocol("<?xml version=\"1.0\"?>\n<c:Response xmlns:c=\"urn:tollgate:ch2:1\"/>"), Protocol::ch2);
  EXPECT_EQ(guess_protocol("<EventRequest xmlns=\"urn:another\"/>"), Protocol::ch2);
  EXPECT_EQ(guess_protocol("\xef\xbb\xbf<?xml version=\"1.0\"?>\n<Response xmlns=\"urn:tollgate:ch2:1\"/>"), Protocol::ch2);
  EXPECT_EQ(guess_protocol("\xef\xbb\xbf<EventRequest/>"), Protocol::ch2);
  EXPECT_EQ(guess_protocol("\xef\xbb\xbf<scenario id=\"MINE-01\"/>"), std::nullopt);
  EXPECT_EQ(guess_protocol(std::string("\1\0\0\24", 4) + std::string(16, '\0')), Protocol::diameter);
}

TEST(Protocol, OfOtherTextsIsNone) {
  for (auto const* const text :
       {"", "# Samples\n\nFrom RFC 4475: INVITE sip:a@b SIP/2.0\n", "file\tclass\texpect\nvalid/sip.dat\taccept\t1\n",
        "<?xml version=\"1.0\"?>\n", "<scenario id=\"MINE-01\"/>", "POSTED HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n",
        "To do: read this\n", "From the RFC\n", "MSRPX\r\n"})
    EXPECT_EQ(guess_protocol(text), std::nullopt) << text;
  EXPECT_EQ(guess_protocol(std::string("\x7f"
                                       "ELF\2\1\1\0",
                                       8) +
                           std::string(16, '\0')),
            std::nullopt);
}

TEST(Protocol, HasAName) {
  EXPECT_EQ(protocol_named("msrp"), Protocol::msrp);
  EXPECT_EQ(protocol_named(to_string(Protocol::diameter)), Protocol::diameter);
  EXPECT_EQ(protocol_named("SIP"), std::nullopt);
  EXPECT_EQ(protocol_named(""), std::nullopt);
}

}  // namespace
}  // namespace tollgate
