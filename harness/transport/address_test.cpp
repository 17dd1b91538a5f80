#include "transport/address.hpp"

#include <gtest/gtest.h>

namespace tollgate {
namespace {

TEST(Address, ReadsIpv4AndIpv6AndWritesThemBack) {
  for (auto const* text : {"127.0.0.1:5060", "[::1]:3868", "ims.example:0"}) {
    auto const address = Address::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->text(), text);
  }
  EXPECT_EQ(Address::parse("[::1]:3868")->host, "::1");
  for (auto const* host : {"127.0.0.1", "[::1]", "ims.example"}) EXPECT_EQ(Address::of_uri(host, 1).uri_host(), host);
}

TEST(Address, RefusesWithThePlace) {
  struct {
    char const* text;
    std::size_t offset;
  } const cases[] = {{"127.0.0.1", 9}, {"127.0.0.1:x", 10}, {"127.0.0.1:70000", 10}, {"::1:5060", 0}, {":5060", 0}, {"[::1:5060", 4}};
  for (auto const& c : cases) {
    auto const address = Address::parse(c.text);
    ASSERT_FALSE(address) << c.text;
    EXPECT_EQ(address.error().offset, c.offset) << c.text;
  }
}

}  // namespace
}  // namespace tollgate
