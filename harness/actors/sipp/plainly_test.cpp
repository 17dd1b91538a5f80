#include "actors/sipp/plainly.hpp"

#include <gtest/gtest.h>

namespace tollgate::sipp {
namespace {

TEST(Plainly, HasEachFieldOnOneLineAndTheColonBehindItsName) {
  EXPECT_EQ(plainly("INVITE sip:a@h SIP/2.0\r\nVia : SIP/2.0/UDP h;branch=z9hG4bKa\r\nFrom: <sip:im@h>\r\n\t;tag=s\r\nTo\t: <sip:a@h>\r\n"
                    "Content-Length: 11\r\n\r\na : b\r\n c\r\n"),
            "INVITE sip:a@h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nFrom: <sip:im@h> ;tag=s\r\nTo: <sip:a@h>\r\n"
            "Content-Length: 11\r\n\r\na : b\r\n c\r\n");
}

/// SIPp 3.6 gathers those of one spelling, and a proxy may not write as the server behind it does.
TEST(Plainly, SpellsANameInOneWay) {
  EXPECT_EQ(plainly("INVITE sip:a@h SIP/2.0\r\nVia: SIP/2.0/UDP p;branch=z9hG4bKp\r\nv: SIP/2.0/UDP h;branch=z9hG4bKa\r\nVIA: SIP/2.0/UDP "
                    "g;branch=z9hG4bKg\r\ni: c\r\nx-own: 1\r\nl: 0\r\n\r\n"),
            "INVITE sip:a@h SIP/2.0\r\nVia: SIP/2.0/UDP p;branch=z9hG4bKp\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nVia: SIP/2.0/UDP "
            "g;branch=z9hG4bKg\r\nCall-ID: c\r\nx-own: 1\r\nContent-Length: 0\r\n\r\n");
}

TEST(Plainly, LeavesAPlainMessageAsItIs) {
  Octets const plain = "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nX-Own:\r\nContent-Length: 0\r\n\r\n";
  EXPECT_EQ(plainly(plain), plain);
  EXPECT_EQ(plainly(""), "");
}

}  // namespace
}  // namespace tollgate::sipp
