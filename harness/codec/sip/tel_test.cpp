#include "codec/sip/tel.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"

namespace tollgate::sip {

TEST(SipTel, ReadsNumbers) {
  auto const global = parse_tel("TEL:+1-(201)-555.0123;ext=9");
  ASSERT_TRUE(global) << describe(global.error());
  EXPECT_TRUE(global->is_global);
  EXPECT_EQ(global->number, "+1-(201)-555.0123");
  EXPECT_EQ(global->digits(), "+12015550123");
  EXPECT_EQ(global->parameters.find("ext"), "9");
  auto const local = parse_tel("tel:7A*#;phone-context=example.com");
  ASSERT_TRUE(local) << describe(local.error());
  EXPECT_FALSE(local->is_global);
  EXPECT_EQ(local->digits(), "7A*#");
}

TEST(SipTel, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"sip:a", 0, "telephone-uri"}, {"tel:", 4, "local-number"}, {"tel:+", 5, "global-number"}, {"tel:+-.", 5, "global-number"},
      {"tel:+1A", 6, "SEMI"},        {"tel:12", 6, "context"},    {"tel:+1;;", 7, "pname"},      {"tel:1 2;phone-context=a", 5, "SEMI"},
  };
  expect_refused(all, parse_tel);
  for (std::string_view const good : {"+1;ext=(12).3", "7;phone-context=+1-23", "7;phone-context=a-b.example.com.", "+1;isub=a;x-y=%20"})
    EXPECT_TRUE(parse_tel("tel:" + std::string(good))) << good;
  constexpr RefusedText parameters[] = {
      {"tel:+1;ext=x", 11, "extension"},
      {"tel:+1;ext", 7, "extension"},
      {"tel:+1;isub", 7, "isdn-subaddress"},
      {"tel:+1;x_y=1", 8, "pname"},
      {"tel:7;phone-context=[::1]", 20, "descriptor"},
      {"tel:7;phone-context=1.2.3.4", 20, "descriptor"},
      {"tel:7;phone-context=+", 20, "descriptor"},
      {"tel:7;phone-context", 6, "descriptor"},
  };
  expect_refused(parameters, parse_tel);
}

}  // namespace tollgate::sip
