#include "runner/scenario/neighbours.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

Flow flow(std::string const& steps) {
  auto const read =
      read_scenario("t.xml", "<scenario id=\"T-01\" clause=\"c\" strength=\"shall\" kind=\"live\" alone=\"yes\"><purpose>p.</purpose>" +
                                 (R"(<given state="reserving"/><answer by="ocs" to="reserve" result="2001"/>)" + steps) +
                                 "<expect by=\"alice\" message=\"INVITE\"/></scenario>");
  EXPECT_TRUE(read.has_value()) << read.error().text();
  return read ? read->flows.front() : Flow();
}

TEST(Neighbours, ARelayAgentPassesOnWhatBelongsToACreditSession) {
  for (auto const* passed : {"", R"(<send by="ocs" message="RAR" in="reserve"/><expect by="ocs" message="RAA"/>)",
                             R"(<check of="reserve" field="diameter.Session-Id" matches=".+"/>)",
                             R"(<check of="reserve" field="diameter.endtoendid" matches=".+"/>)"})
    EXPECT_FALSE(needs_charging_peer(flow(passed))) << passed;
  for (auto const* kept :
       {R"(<send by="ocs" message="DPR"/>)", R"(<close by="ocs"/>)", R"(<scripts by="ocs" message="CER"/>)",
        R"(<expect by="ocs" message="DWR"/>)", R"(<silence by="ocs" message="closed" during="2s"/>)",
        R"(<answer by="ocs" to="reserve" result="2001" again="yes"/>)", R"(<check of="reserve" field="diameter.hopbyhopid" matches=".+"/>)",
        R"(<silence by="ocs" message="close" until="DWR" during="2s"/>)", "<restart/>"})
    EXPECT_TRUE(needs_charging_peer(flow(kept))) << kept;
}

TEST(Neighbours, AProxyPassesOnWhatBelongsToADialog) {
  for (auto const* passed : {"", R"(<check of="reserve" field="diameter.hopbyhopid" matches=".+"/>)",
                             R"(<send by="alice" message="OPTIONS"><set field="sip.Contact">&lt;sip:a@h></set></send>)",
                             R"(<expect by="alice" message="INVITE" as="i"/><answer by="alice" to="i" status="486"/>)",
                             R"(<given state="sending" for="carol"/><answer by="carol" to="carol.send1" status="200" segment="1"/>)",
                             R"(<given state="in-session" for="carol"/><expect by="carol" message="SEND" as="s"/>
                                <answer by="carol" to="s" status="200"><octets find="200" put="2OO"/></answer>)"})
    EXPECT_FALSE(needs_sip_peer(flow(passed))) << passed;
  for (auto const* kept : {R"(<expect by="alice" message="INVITE" as="i"/><check of="i" field="sip.Via.branch" matches=".+"/>)",
                           R"(<send by="alice" message="OPTIONS"><set field="sip.Max-Forwards">0</set></send>)",
                           R"(<send by="alice" message="OPTIONS"><octets find="OPT" put="opt"/></send>)",
                           R"(<send by="alice" message="OPTIONS" segment="1"/>)",
                           R"(<expect by="alice" message="INVITE" as="i"/>
                              <answer by="alice" to="i" status="486"><octets find="486" put="4860"/></answer>)",
                           R"(<expect by="alice" message="INVITE" as="i"/><copies of="i" at="sip_t1"/>)"})
    EXPECT_TRUE(needs_sip_peer(flow(kept))) << kept;
}

TEST(Neighbours, AnMsrpRelayTakesWhatIsSentAndPassesItOn) {
  for (auto const* passed :
       {"", R"(<check of="reserve" field="diameter.hopbyhopid" matches=".+"/>)", R"(<client name="carol" transport="tcp"/>)",
        R"(<expect by="alice" message="INVITE" as="i"/><answer by="alice" to="i" status="200"/><delivered to="alice"/>)"})
    EXPECT_FALSE(needs_msrp_peer(flow(passed))) << passed;
  for (auto const* kept :
       {R"(<given state="sending" for="carol"/>)", R"(<expect by="alice" message="SEND"/>)",
        R"(<silence by="alice" message="closed" during="2s"/>)",
        R"(<expect by="alice" message="INVITE" as="i"/><answer by="alice" to="i" status="200" setup="passive"/>)",
        R"(<expect by="alice" message="INVITE" as="i"/><answer by="alice" to="i" status="200"><set field="sdp.max-size">9</set></answer>)",
        R"(<given state="in-session" for="carol"/><close by="carol"/>)"})
    EXPECT_TRUE(needs_msrp_peer(flow(kept))) << kept;
}

}  // namespace
}  // namespace tollgate
