#include "codec/sip/auth_params.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

TEST(SipAuthParams, ReadsAnyScheme) {
  auto const read = parse_auth("NoOneKnows opaque-data=here ,b = \"x, \\\"y\\\"\"");
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->scheme, "NoOneKnows");
  EXPECT_FALSE(read->is_digest());
  EXPECT_EQ(read->find("Opaque-Data"), "here");
  EXPECT_EQ(read->find("b"), "x, \\\"y\\\"");
  EXPECT_EQ(read->find("c"), std::nullopt);
}

TEST(SipAuthParams, HoldsDigestToItsForms) {
  constexpr RefusedText all[] = {
      {"", 0, "auth-scheme"},
      {"Digest", 6, "auth-scheme"},
      {"Digest realm", 12, "auth-param"},
      {"Digest realm=", 13, "auth-param"},
      {"Digest realm=\"a", 13, "auth-param"},
      {"Digest realm=\"a\" b", 16, "auth-param"},
      {"Digest realm=\"a\",", 17, "auth-param"},
      {"Digest realm=a", 13, "realm"},
      {"Digest algorithm=\"MD5\"", 17, "algorithm"},
      {"Digest nc=\"00000001\"", 10, "nc"},
      {"Digest realm=\"a\", nonce=\"b\", Realm=\"c\"", 29, "auth-param"},
  };
  expect_refused(all, parse_auth);
  EXPECT_TRUE(parse_auth("Basic realm=a"));
  EXPECT_TRUE(parse_authentication_info("nextnonce=\"47364c\", qop=auth"));
}

TEST(SipAuthParams, ReadsOneOfEachField) {
  auto message = Message::response(401, "Unauthorized");
  message.add(Name::www_authenticate, "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-256");
  message.add(Name::www_authenticate, "Basic realm=\"b\"");
  auto const read = authentications(message, Name::www_authenticate);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[1].scheme, "Basic");
  message.add(Name::www_authenticate, "Digest");
  EXPECT_FALSE(authentications(message, Name::www_authenticate));
}

}  // namespace tollgate::sip
