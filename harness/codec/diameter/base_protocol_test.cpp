// Messages between peers: their order, flags and what answers take from requests.
#include "codec/diameter/base_protocol.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/diameter/dictionary.hpp"

namespace tollgate::diameter {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;

Peer const ocs = {.origin_host = "ocs.ims.example", .origin_realm = "ims.example"};

std::vector<std::string> names(Message const& message) {
  std::vector<std::string> names;
  for (auto const& avp : message.avps) names.push_back(Dictionary::standard().avp(avp.code, avp.vendor)->name);
  return names;
}

TEST(DiameterBaseProtocol, capabilities_follow_their_grammar) {
  auto cer = capabilities_request(ocs);
  EXPECT_EQ(cer.header.command, 257U);
  EXPECT_EQ(cer.header.flags, flag_request);
  EXPECT_EQ(cer.header.application, 0U);
  EXPECT_THAT(names(cer),
              ElementsAre("Origin-Host", "Origin-Realm", "Host-IP-Address", "Vendor-Id", "Product-Name", "Auth-Application-Id"));
  EXPECT_EQ(find(cer.avps, "Host-IP-Address")->data, "\0\1\x7f\0\0\1"s);
  EXPECT_EQ(find(cer.avps, "Product-Name")->flags & flag_mandatory, 0);
  cer.header.hop_by_hop = 7;
  cer.header.end_to_end = 8;
  auto const cea = capabilities_answer(cer, ocs, 2001);
  EXPECT_EQ(cea.header.flags, 0);
  EXPECT_EQ(cea.header.hop_by_hop, 7U);
  EXPECT_EQ(cea.header.end_to_end, 8U);
  EXPECT_EQ(names(cea).front(), "Result-Code");
  EXPECT_EQ(result_code(cea), 2001U);
  EXPECT_EQ(Message::parse(cea.write())->write(), cea.write());
}

TEST(DiameterBaseProtocol, writes_ipv6_and_supported_vendors) {
  auto peer = ocs;
  peer.host_ip_address = "::1";
  peer.supported_vendors = {10415};
  auto const cer = capabilities_request(peer);
  EXPECT_EQ(find(cer.avps, "Host-IP-Address")->data, "\0\2"s + Octets(15, '\0') + "\1"s);
  EXPECT_EQ(unsigned32(*find(cer.avps, "Supported-Vendor-Id")), 10415U);
}

TEST(DiameterBaseProtocol, watchdog_and_disconnect) {
  auto const dwr = watchdog_request(ocs);
  EXPECT_EQ(command_name(dwr.header), "DWR");
  EXPECT_EQ(dwr.header.flags, flag_request);
  auto const dwa = short_answer(dwr, ocs, 2001);
  EXPECT_EQ(command_name(dwa.header), "DWA");
  EXPECT_EQ(dwa.header.flags, 0);
  EXPECT_THAT(names(dwa), ElementsAre("Result-Code", "Origin-Host", "Origin-Realm"));
  auto const dpr = disconnect_request(ocs, 1);
  EXPECT_EQ(command_name(dpr.header), "DPR");
  EXPECT_EQ(unsigned32(*find(dpr.avps, "Disconnect-Cause")), 1U);
}

TEST(DiameterBaseProtocol, short_answer_takes_what_is_the_requests) {
  Message ccr;
  ccr.header = {.flags = flag_request | flag_proxiable | flag_retransmitted | 0x01,
                .command = command_credit_control,
                .application = 4,
                .hop_by_hop = 1,
                .end_to_end = 2};
  ccr.avps = {make("Session-Id", "ims;1"), make_grouped("Proxy-Info", {make("Proxy-Host", "p"), make("Proxy-State", "s")})};
  auto const answer = short_answer(ccr, ocs, 3004, true);
  EXPECT_EQ(answer.header.flags, flag_proxiable | flag_error);
  EXPECT_EQ(answer.header.application, 4U);
  EXPECT_EQ(answer.header.hop_by_hop, 1U);
  EXPECT_EQ(answer.header.end_to_end, 2U);
  EXPECT_THAT(names(answer), ElementsAre("Session-Id", "Origin-Host", "Origin-Realm", "Result-Code", "Proxy-Info"));
}

TEST(DiameterBaseProtocol, result_code_is_missing_or_malformed) {
  auto message = watchdog_request(ocs);
  auto const size = message.write().size();
  ASSERT_FALSE(result_code(message));
  EXPECT_EQ(result_code(message).error().offset, size);
  EXPECT_EQ(result_code(message).error().rule, "Result-Code");
  message.avps.push_back(make("Result-Code", "12345"));
  ASSERT_FALSE(result_code(message));
  EXPECT_EQ(result_code(message).error().offset, size + 8);
}

}  // namespace
}  // namespace tollgate::diameter
