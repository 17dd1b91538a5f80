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

TEST(Plainly, LeavesAPlainMessageAsItIs) {
  Octets const plain = "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nX:\r\nContent-Length: 0\r\n\r\n";
  EXPECT_EQ(plainly(plain), plain);
  EXPECT_EQ(plainly(""), "");
}

}  // namespace
}  // namespace tollgate::sipp
