#include "codec/sip/name_addr.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipNameAddr, ReadsEveryForm) {
  struct Good {
    std::string_view text, display_name, uri, tag;
    std::size_t parameters;
  };
  constexpr Good all[] = {
      {"<sip:a@b>", "", "sip:a@b", "", 0},
      {"<sip:a@b;lr>;tag=x", "", "sip:a@b;lr", "x", 1},
      {"sip:a@b;tag=x;y", "", "sip:a@b", "x", 2},
      {"sip:a@b ; tag = x", "", "sip:a@b", "x", 1},
      {"Al Ice <sip:a@b>", "Al Ice", "sip:a@b", "", 0},
      {"Alice<sip:a@b>", "Alice", "sip:a@b", "", 0},
      {"\"A \\\"<,;>\" <sip:a@b?c=d> ;tag=1", "\"A \\\"<,;>\"", "sip:a@b?c=d", "1", 1},
      {"\"\"<tel:1>", "\"\"", "tel:1", "", 0},
      {" \r\n <sip:a@b>\r\n ;tag=x", "", "sip:a@b", "x", 1},
      {"sip:a@b;x=\"<\"", "", "sip:a@b", "", 1},
  };
  for (auto const& good : all) {
    auto const read = parse_name_addr(good.text);
    ASSERT_TRUE(read) << good.text << describe(read.error());
    EXPECT_EQ(read->display_name, good.display_name) << good.text;
    EXPECT_EQ(read->uri, good.uri) << good.text;
    EXPECT_EQ(read->tag(), good.tag) << good.text;
    EXPECT_EQ(read->parameters.size(), good.parameters) << good.text;
  }
}

TEST(SipNameAddr, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"", 0, "addr-spec"},
      {"\"Al <sip:a@b>", 0, "display-name"},
      {"\"Al\" sip:a@b", 5, "name-addr"},
      {"\"Al\" Ice <sip:a@b>", 5, "name-addr"},
      {"Al;Ice <sip:a@b>", 2, "display-name"},
      {"Bell, Alexander <sip:a@b>", 4, "display-name"},
      {"<sip:a@b", 8, "name-addr"},
      {"<>", 1, "scheme"},
      {"< sip:a@b>", 1, "addr-spec"},
      {"<sip:a@b >", 8, "addr-spec"},
      {"<sip:a@b> x", 10, "SEMI"},
      {"<sip:a@b>;tag=", 14, "gen-value"},
      {"sip:a@b?c=d", 7, "addr-spec"},
      {"sip:a,b@c", 5, "addr-spec"},
      {"*", 0, "scheme"},
  };
  expect_refused(all, parse_name_addr);
}

}  // namespace tollgate::sip
