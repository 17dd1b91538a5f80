#include "codec/sip/product.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipProduct, ReadsProductsAndComments) {
  auto message = Message::request("X", "a");
  message.add(Name::user_agent, "IM-client/OMA1.0 Softphone (beta (2)) x").add(Name::server, "HomeServer / v2");
  auto const read = user_agent(message);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 4U);
  EXPECT_EQ((*read)[0].name, "IM-client");
  EXPECT_EQ((*read)[0].version, "OMA1.0");
  EXPECT_EQ((*read)[1].version, "");
  EXPECT_EQ((*read)[2].comment, "(beta (2))");
  EXPECT_EQ(server(message)->front().version, "v2");
}

TEST(SipProduct, RefusesTheRest) {
  constexpr RefusedText all[] = {
      {"", 0, "product"}, {"a/", 2, "product-version"}, {"a,b", 1, "server-val"}, {"(a", 0, "comment"}, {"@", 0, "product"}};
  expect_refused(all, parse_products);
}

}  // namespace tollgate::sip
