#include "codec/sip/host_port.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipHostPort, ReadsHostsAndPorts) {
  struct Good {
    std::string_view text, host;
    std::optional<std::uint16_t> port;
  };
  constexpr Good all[] = {
      {"example.com", "example.com", {}},
      {"example.com.", "example.com.", {}},
      {"localhost:0", "localhost", 0},
      {"1and1.de:65535", "1and1.de", 65535},
      {"a-b.c", "a-b.c", {}},
      {"192.0.2.1:5060", "192.0.2.1", 5060},
      {"192.000.002.001", "192.000.002.001", {}},
      {"[2001:db8:::192.0.2.1]", "[2001:db8:::192.0.2.1]", {}},
      {"[::1]", "[::1]", {}},
      {"[2001:db8::9:1]:5070", "[2001:db8::9:1]", 5070},
      {"[::ffff:192.0.2.10]:1", "[::ffff:192.0.2.10]", 1},
  };
  for (auto const& good : all) {
    auto const read = parse_host_port(good.text);
    ASSERT_TRUE(read) << good.text << describe(read.error());
    EXPECT_EQ(read->host, good.host);
    EXPECT_EQ(read->port, good.port);
  }
}

TEST(SipHostPort, AllowsSpacesOnlyWhereSpaced) {
  auto const read = parse_host_port("host \t: 5060 ", true);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->host, "host");
  EXPECT_EQ(read->port, 5060);
  EXPECT_TRUE(parse_host_port("host ", true));
  EXPECT_FALSE(parse_host_port("host : 5060"));
  EXPECT_FALSE(parse_host_port("host "));
}

TEST(SipHostPort, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"", 0, "host"},
      {":5060", 0, "host"},
      {"a..b", 2, "domainlabel"},
      {".a", 0, "domainlabel"},
      {"a.-b", 2, "domainlabel"},
      {"a-.b", 1, "domainlabel"},
      {"a.1b", 2, "toplabel"},
      {"1.2.3", 4, "toplabel"},
      {"256.1.1.1", 8, "toplabel"},
      {"192.0000.2.1", 11, "toplabel"},
      {"a_b", 1, "hostport"},
      {"host:", 5, "port"},
      {"host:65536", 5, "port"},
      {"host:5a", 5, "port"},
      {"host:+5", 5, "port"},
      {"[::1", 4, "IPv6reference"},
      {"[]", 1, "IPv6address"},
      {"[2001:db8:::1]", 1, "IPv6address"},
      {"[1::2::3]", 1, "IPv6address"},
      {"[fe80::1%eth0]", 1, "IPv6address"},
      {{"[::1\0]", 6}, 1, "IPv6address"},
      {"[::1]x", 5, "hostport"},
      {"::1", 0, "host"},
  };
  expect_refused(all, [](std::string_view text) { return parse_host_port(text); });
}

}  // namespace tollgate::sip
