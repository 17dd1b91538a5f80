#include "codec/sip/uri.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipUri, ReadsEveryPart) {
  auto const uri = parse_uri("SIPS:al;day=t?x:p&w@[2001:db8::1]:5061;transport=TCP;lr?Subject=a%20b&to=c");
  ASSERT_TRUE(uri) << describe(uri.error());
  EXPECT_EQ(uri->scheme, "SIPS");
  EXPECT_EQ(uri->user, "al;day=t?x");
  EXPECT_EQ(uri->password, "p&w");
  EXPECT_EQ(uri->host, "[2001:db8::1]");
  EXPECT_EQ(uri->port, 5061);
  EXPECT_EQ(uri->parameters.find("transport"), "TCP");
  EXPECT_TRUE(uri->parameters.has("lr"));
  EXPECT_EQ(uri->headers, "Subject=a%20b&to=c");
  EXPECT_EQ(uri->opaque, "");
}

TEST(SipUri, ReadsAHostAlone) {
  auto const uri = parse_uri("sip:example.com");
  ASSERT_TRUE(uri) << describe(uri.error());
  EXPECT_EQ(uri->user, "");
  EXPECT_EQ(uri->host, "example.com");
  EXPECT_EQ(uri->port, std::nullopt);
}

TEST(SipUri, KeepsOtherSchemesWhole) {
  auto const uri = parse_uri("tel:+1-201-555;phone-context=example.com");
  ASSERT_TRUE(uri) << describe(uri.error());
  EXPECT_EQ(uri->scheme, "tel");
  EXPECT_EQ(uri->opaque, "+1-201-555;phone-context=example.com");
  EXPECT_EQ(uri->host, "");
  EXPECT_EQ(uri->address_of_record(), "tel:+1-201-555;phone-context=example.com");
}

TEST(SipUri, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"", 0, "scheme"},
      {"alice", 5, "scheme"},
      {":a", 0, "scheme"},
      {"1sip:a", 0, "scheme"},
      {"s ip:a", 1, "addr-spec"},
      {"sip:", 4, "host"},
      {"sip:@a", 4, "user"},
      {"sip::p@a", 4, "user"},
      {"sip:a b@c", 5, "addr-spec"},
      {"sip:a@b ;lr", 7, "addr-spec"},
      {"sip:a@b;p=\"x\"", 10, "addr-spec"},
      {"sip:\xc3\xa9@b", 4, "addr-spec"},
      {"sip:a#@b", 5, "user"},
      {"sip:a%4@b", 5, "escaped"},
      {"sip:a%zz@b", 5, "escaped"},
      {"sip:a:b:c@d", 7, "password"},
      {"sip:a@b@c", 7, "hostport"},
      {"sip:a@b:99999", 8, "port"},
      {"sip:a@b;", 8, "pname"},
      {"sip:a@b;lr;LR", 11, "uri-parameter"},
      {"sip:a@b?", 8, "hname"},
      {"sip:a@b?=c", 8, "hname"},
      {"sip:a@b?c", 9, "header"},
      {"sip:a@b?c=d&e=f@", 15, "hvalue"},
      {"tel:", 4, "absoluteURI"},
      {"tel:1 2", 5, "addr-spec"},
  };
  expect_refused(all, parse_uri);
}

TEST(SipUri, AddressOfRecordIsCanonical) {
  struct Address {
    std::string_view text, address_of_record;
  };
  constexpr Address all[] = {
      {"SIP:Alice:secret@Example.COM:5060;transport=tcp?a=b", "sip:Alice@example.com"},
      {"sip:%61l%2Bice@h", "sip:al+ice@h"},
      {"sip:a%2fb%40c%3a@h", "sip:a/b%40c%3A@h"},
      {"sip:a%00@h", "sip:a%00@h"},
      {"sips:[2001:DB8::1]", "sips:[2001:db8::1]"},
  };
  for (auto const& [text, address_of_record] : all) {
    auto const uri = parse_uri(text);
    ASSERT_TRUE(uri) << text << describe(uri.error());
    EXPECT_EQ(uri->address_of_record(), address_of_record);
  }
}

namespace {
struct Pair {
  std::string_view a, b;
  bool is_same;
};
}  // namespace

// The examples of RFC 3261 19.1.4, and some beside them.
TEST(SipUri, EquivalenceIsThatOfTheStandard) {
  constexpr Pair all[] = {
      {"sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", true},
      {"sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true},
      {"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5", true},
      {"sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
       "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com", true},
      {"sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true},
      {"SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false},
      {"sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false},
      {"sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4", false},
      {"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false},
      {"sip:a@b;maddr=1.2.3.4", "sip:a@b", false},
      {"sip:a@b;lr", "sip:a@b", true},
      {"sip:a@b", "sips:a@b", false},
      {"sip:a%3bb@c", "sip:a%3Bb@c", true},
      {"sip:a%3Bb@c", "sip:a;b@c", false},
      {"sip:a:p@b", "sip:a:P@b", false},
      {"sip:a@b?Subject=x", "sip:a@b?subject=x", true},
      {"sip:a@b?subject=x", "sip:a@b?subject=X", false},
      {"tel:1", "TEL:1", true},
      {"tel:1", "tel:2", false},
  };
  for (auto const& pair : all) {
    auto const a = parse_uri(pair.a);
    auto const b = parse_uri(pair.b);
    ASSERT_TRUE(a) << pair.a;
    ASSERT_TRUE(b) << pair.b;
    EXPECT_EQ(same(*a, *b), pair.is_same) << pair.a << " " << pair.b;
    EXPECT_EQ(same(*b, *a), pair.is_same) << pair.b << " " << pair.a;
    EXPECT_TRUE(same(*a, *a)) << pair.a;
  }
}

}  // namespace tollgate::sip
