#include "codec/msrp/uri.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "codec/refused_test.hpp"

namespace tollgate::msrp {

TEST(MsrpUri, ReadsEveryPart) {
  auto const uri = parse_uri("MSRPS://al:i;c%20e@[2001:db8::1]:2855/ab/c+d=;TCP;x;y=z");
  ASSERT_TRUE(uri) << describe(uri.error());
  EXPECT_EQ(uri->scheme, "MSRPS");
  EXPECT_EQ(uri->userinfo, "al:i;c%20e");
  EXPECT_EQ(uri->host, "[2001:db8::1]");
  EXPECT_EQ(uri->port, 2855);
  EXPECT_EQ(uri->session_id, "ab/c+d=");
  EXPECT_EQ(uri->transport, "TCP");
  EXPECT_EQ(uri->parameters, ";x;y=z");
}

TEST(MsrpUri, ReadsWithoutTheOptionalParts) {
  auto const uri = parse_uri("msrp://im.example.com;tcp");
  ASSERT_TRUE(uri) << describe(uri.error());
  EXPECT_EQ(uri->userinfo, "");
  EXPECT_EQ(uri->host, "im.example.com");
  EXPECT_EQ(uri->port, std::nullopt);
  EXPECT_EQ(uri->session_id, "");
  EXPECT_EQ(uri->parameters, "");
}

TEST(MsrpUri, RefusesWithOffsetAndRule) {
  constexpr RefusedText all[] = {
      {"", 0, "MSRP-URI"},
      {"msrp:a:1/s;tcp", 0, "MSRP-URI"},
      {"sip://a:1/s;tcp", 0, "msrp-scheme"},
      {"msrp://;tcp", 7, "host"},
      {"msrp://:1/s;tcp", 7, "host"},
      {"msrp://a b:1/s;tcp", 8, "host"},
      {"msrp://a%4:1/s;tcp", 8, "host"},
      {"msrp://a%4", 8, "host"},
      {"msrp://u/x@a:1/s;tcp", 8, "userinfo"},
      {"msrp://[::1:1/s;tcp", 7, "IP-literal"},
      {"msrp://[1.2.3.4]:1/s;tcp", 7, "IP-literal"},
      {"msrp://[::1]x/s;tcp", 12, "transport"},
      {"msrp://a:/s;tcp", 9, "port"},
      {"msrp://a:65536/s;tcp", 9, "port"},
      {"msrp://a:99999999999999999999/s;tcp", 9, "port"},
      {"msrp://a:1x/s;tcp", 10, "transport"},
      {"msrp://a:1/;tcp", 11, "session-id"},
      {"msrp://a:1/s%41;tcp", 12, "transport"},
      {"msrp://a:1/s", 12, "transport"},
      {"msrp://a:1/s;", 13, "transport"},
      {"msrp://a:1/s;tcp ", 16, "URI-parameter"},
      {"msrp://a:1/s;tcp;", 17, "URI-parameter"},
      {"msrp://a:1/s;tcp;x=", 19, "URI-parameter"},
      {{"msrp://[::1\0]:1/s;tcp", 21}, 7, "IP-literal"},
  };
  expect_refused(all, parse_uri);
}

TEST(MsrpUri, EveryPrefixIsReadOrRefusedInBounds) {
  constexpr std::string_view text = "msrps://al%20ice@[2001:db8::1]:2855/ab;tcp;x=y";
  for (std::size_t size = 0; size < text.size(); ++size) {
    std::string const prefix(text.substr(0, size));
    auto const uri = parse_uri(prefix);
    if (!uri) EXPECT_LE(uri.error().offset, size) << prefix;
  }
}

TEST(MsrpPath, ReadsOneUriOrMore) {
  auto const one = parse_path("msrp://a:1/s;tcp");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->size(), 1U);
  auto const two = parse_path("msrp://relay:1/r;tcp msrp://a:2/s;tcp");
  ASSERT_TRUE(two);
  ASSERT_EQ(two->size(), 2U);
  EXPECT_EQ(two->at(0).host, "relay");
  EXPECT_EQ(two->at(1).port, 2);
}

TEST(MsrpPath, RefusesAtTheUriThatIsWrong) {
  constexpr RefusedText all[] = {{"", 0, "MSRP-URI"},
                                 {"msrp://a:1/s;tcp ", 17, "MSRP-URI"},
                                 {"msrp://a:1/s;tcp  msrp://a:1/s;tcp", 17, "MSRP-URI"},
                                 {"msrp://a:1/s;tcp msrp://b:1/s", 29, "transport"}};
  expect_refused(all, parse_path);
}

struct Pair {
  std::string_view a;
  std::string_view b;
  bool is_same;
};

TEST(MsrpUri, ComparesByRfc4975Clause61) {
  constexpr Pair all[] = {
      {"msrp://a.example:1/s;tcp", "MSRP://A.Example:1/s;TCP", true},
      {"msrp://a.example:1/s;tcp", "msrp://%61.ex%41mple:1/s;tcp", true},
      {"msrp://a.example:1/s;tcp", "msrp://bob@a.example:1/s;tcp;x=y", true},
      {"msrp://a%2fb:1/s;tcp", "msrp://a%2Fb:1/s;tcp", true},
      {"msrp://[2001:db8::1]:1/s;tcp", "msrp://[2001:0DB8:0:0::1]:1/s;tcp", true},
      {"msrp://a:01/s;tcp", "msrp://a:1/s;tcp", true},
      {"msrp://a:1/s;tcp", "msrps://a:1/s;tcp", false},
      {"msrp://a:1/s;tcp", "msrp://b:1/s;tcp", false},
      {"msrp://a:2855/s;tcp", "msrp://a/s;tcp", false},
      {"msrp://a:1/s;tcp", "msrp://a:2/s;tcp", false},
      {"msrp://a:1/s;tcp", "msrp://a:1/S;tcp", false},
      {"msrp://a:1/s;tcp", "msrp://a:1;tcp", false},
      {"msrp://a:1/s;tcp", "msrp://a:1/s;sctp", false},
      {"msrp://[2001:db8::1]:1/s;tcp", "msrp://[2001:db8::2]:1/s;tcp", false},
  };
  for (auto const& [a, b, is_same] : all) {
    auto const first = parse_uri(a);
    auto const second = parse_uri(b);
    ASSERT_TRUE(first && second) << a << " " << b;
    EXPECT_EQ(same(*first, *second), is_same) << a << " " << b;
    EXPECT_EQ(same(*second, *first), is_same) << b << " " << a;
  }
}

}  // namespace tollgate::msrp
