#include "codec/sip/registered.hpp"

#include <gtest/gtest.h>

namespace tollgate::sip {

TEST(SipRegistered, KnowsMethodsByCase) {
  EXPECT_TRUE(is_registered_method("MESSAGE"));
  EXPECT_FALSE(is_registered_method("message"));
  EXPECT_FALSE(is_registered_method(""));
}

TEST(SipRegistered, KnowsTagsAndSchemes) {
  EXPECT_TRUE(is_registered_option_tag("100rel"));
  EXPECT_FALSE(is_registered_option_tag("nothingSupportsThis"));
  EXPECT_TRUE(is_known_scheme("SIPS"));
  EXPECT_FALSE(is_known_scheme("http"));
}

}  // namespace tollgate::sip
