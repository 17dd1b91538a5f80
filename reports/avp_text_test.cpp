#include "reports/avp_text.hpp"

#include <gmock/gmock.h>

#include "codec/diameter/message.hpp"

namespace tollgate::reports {
namespace {

using testing::HasSubstr;

TEST(AvpText, NamesCommandAvpsAndMembersAndShowsTheirValues) {
  diameter::Message message;
  message.header = {.flags = 0xD0, .command = 272, .application = 4, .hop_by_hop = 7, .end_to_end = 8};
  message.avps = {{.code = 263, .flags = 0x40, .data = "s;1"},
                  {.code = 416, .flags = 0x40, .data = diameter::write_unsigned32(1)},
                  {.code = 443, .flags = 0x40, .data = diameter::write_avps({{.code = 444, .flags = 0x40, .data = "sip:a@b"}})},
                  {.code = 99, .flags = 0x80, .vendor = 5, .data = "\x01\xff"}};
  EXPECT_EQ(avp_text(message.write()),
            "Credit-Control-Request [272], application 4, hop-by-hop 0x00000007, end-to-end 0x00000008, P, T\n"
            "  Session-Id [263 M] s;1\n"
            "  CC-Request-Type [416 M] 1 (INITIAL_REQUEST)\n"
            "  Subscription-Id [443 M]\n"
            "    Subscription-Id-Data [444 M] sip:a@b\n"
            "  AVP 99/5 [99 V] 0x01ff\n");
}

TEST(AvpText, OfWhatIsNoMessageIsItsOctets) {
  EXPECT_EQ(avp_text("\x01\x02"), "0x0102\n");
  EXPECT_THAT(avp_text(std::string(100, '\xee')), HasSubstr("... (100 octets)"));
}

TEST(AvpText, ShowsATimeAsADate) {
  diameter::Message message;
  message.header = {.flags = diameter::flag_request, .command = 272, .application = 4};
  message.avps.push_back({.code = 55, .flags = diameter::flag_mandatory, .data = Octets("\xee\x5b\xba\x00", 4)});
  EXPECT_THAT(avp_text(message.write()), HasSubstr("Event-Timestamp [55 M] 2026-09-21T"));
}

}  // namespace
}  // namespace tollgate::reports
