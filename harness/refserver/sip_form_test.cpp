#include "refserver/sip_form.hpp"

#include <gtest/gtest.h>

#include "codec/sip/message.hpp"

namespace tollgate::refserver {
namespace {

constexpr std::string_view message =
    "BYE sip:a@x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=1\r\nVia: SIP/2.0/UDP i;branch=2\r\nFrom: <sip:b@x>;tag=1\r\n"
    "CSeq: 2 BYE\r\nContent-Length: 2\r\n\r\n\r\n";

TEST(SipForm, IsTheSameMessageWrittenOtherwise) {
  EXPECT_EQ(in_form(message, {}), message);
  EXPECT_EQ(in_form(message, {.compact_names = true}),
            "BYE sip:a@x SIP/2.0\r\nv: SIP/2.0/UDP h;branch=1\r\nv: SIP/2.0/UDP i;branch=2\r\nf: <sip:b@x>;tag=1\r\n"
            "CSeq: 2 BYE\r\nl: 2\r\n\r\n\r\n");
  EXPECT_EQ(in_form(message, {.other_order = true}),
            "BYE sip:a@x SIP/2.0\r\nContent-Length: 2\r\nCSeq: 2 BYE\r\nFrom: <sip:b@x>;tag=1\r\n"
            "Via: SIP/2.0/UDP h;branch=1\r\nVia: SIP/2.0/UDP i;branch=2\r\n\r\n\r\n");
  EXPECT_TRUE(sip::Message::parse(in_form(message, {.compact_names = true, .other_order = true})));
}

TEST(SipForm, LeavesWhatIsNoMessage) {
  EXPECT_EQ(in_form("\r\n\r\n", {.compact_names = true}), "\r\n\r\n");
  EXPECT_EQ(in_form("half a line", {.other_order = true}), "half a line");
}

}  // namespace
}  // namespace tollgate::refserver
