#include "codec/sip/via.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipVia, ReadsAPlainOne) {
  auto const via = parse_via("SIP/2.0/UDP pc33.example.com:5066;branch=z9hG4bK776;rport;received=192.0.2.1");
  ASSERT_TRUE(via) << describe(via.error());
  EXPECT_EQ(via->protocol, "SIP");
  EXPECT_EQ(via->version, "2.0");
  EXPECT_EQ(via->transport, "UDP");
  EXPECT_EQ(via->host, "pc33.example.com");
  EXPECT_EQ(via->port, 5066);
  EXPECT_EQ(via->branch(), "z9hG4bK776");
  EXPECT_TRUE(via->asks_rport());
  EXPECT_EQ(via->rport(), std::nullopt);
  EXPECT_EQ(via->received(), "192.0.2.1");
}

TEST(SipVia, ReadsThePortThatTheServerSaw) {
  auto const via = parse_via("SIP/2.0/UDP 10.1.1.1:4540;received=192.0.2.1;rport=9988;branch=z9hG4bKkjshdyff");
  ASSERT_TRUE(via) << describe(via.error());
  EXPECT_FALSE(via->asks_rport());
  EXPECT_EQ(via->rport(), 9988);
  EXPECT_EQ(parse_via("SIP/2.0/UDP a")->rport(), std::nullopt);
  EXPECT_EQ(parse_via("SIP/2.0/UDP a")->received(), "");
}

TEST(SipVia, ReadsWhiteSpaceWhereTheGrammarAllowsIt) {
  auto const via = parse_via("SIP / 2.0\r\n / TCP   host.a : 5060 ; branch = z9hG4bK1 ;ttl=1");
  ASSERT_TRUE(via) << describe(via.error());
  EXPECT_EQ(via->version, "2.0");
  EXPECT_EQ(via->transport, "TCP");
  EXPECT_EQ(via->host, "host.a");
  EXPECT_EQ(via->port, 5060);
  EXPECT_EQ(via->branch(), "z9hG4bK1");
}

TEST(SipVia, ReadsIpv6References) {
  auto const via = parse_via("SIP/2.0/TLS [2001:db8::9:1]:5061;received=[2001:db8::9:255]");
  ASSERT_TRUE(via) << describe(via.error());
  EXPECT_EQ(via->host, "[2001:db8::9:1]");
  EXPECT_EQ(via->port, 5061);
  EXPECT_EQ(via->branch(), "");
  EXPECT_EQ(via->received(), "[2001:db8::9:255]");
}

TEST(SipVia, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"", 0, "sent-protocol"},
      {"SIP/2.0 host", 8, "sent-protocol"},
      {"SIP//UDP host", 4, "sent-protocol"},
      {"SIP/2.0/UDP", 11, "via-parm"},
      {"SIP/2.0/UDP;branch=a", 11, "via-parm"},
      {"SIP/2.0/UDP ;branch=a", 12, "host"},
      {"SIP/2.0/UDP host:port", 17, "port"},
      {"SIP/2.0/UDP host host", 17, "hostport"},
      {"SIP/2.0/UDP a, SIP/2.0/UDP b", 13, "hostport"},
      {"SIP/2.0/UDP [::1", 16, "IPv6reference"},
      {"SIP/2.0/UDP host;branch=", 24, "gen-value"},
  };
  expect_refused(all, parse_via);
}

TEST(SipVia, TheTopmostIsTheFirstOfTheFirstField) {
  auto message = Message::request("X", "a");
  auto const none = top_via(message);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().rule, "Via");
  message.add("v", "SIP/2.0/UDP a;x=\",\" , SIP/2.0/UDP b").add(Name::via, "SIP/2.0/UDP c");
  auto const via = top_via(message);
  ASSERT_TRUE(via) << describe(via.error());
  EXPECT_EQ(via->host, "a");
}

}  // namespace tollgate::sip
