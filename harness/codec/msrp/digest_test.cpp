#include "codec/msrp/digest.hpp"

#include <gtest/gtest.h>

namespace tollgate::msrp {

TEST(MsrpDigest, ReadsAChallenge) {
  auto const digest = parse_www_authenticate(
      R"(Digest realm="example.com", qop="auth", nonce="dc\"d9,=", algorithm=MD5 ,  stale=false)");
  ASSERT_TRUE(digest) << describe(digest.error());
  EXPECT_EQ(digest->at("REALM"), "example.com");
  EXPECT_EQ(digest->at("nonce"), R"(dc\"d9,=)");
  EXPECT_EQ(digest->at("algorithm"), "MD5");
  EXPECT_EQ(digest->at("opaque"), std::nullopt);
  EXPECT_EQ(digest->parameters.size(), 5U);
}

TEST(MsrpDigest, ReadsTheOtherTwo) {
  EXPECT_TRUE(parse_authorization(R"(Digest username="alice", realm="r", nonce="n", response="0", cnonce="c",)"
                                  R"( nc=00000001, qop=auth)"));
  auto const info = parse_authentication_info(R"(nextnonce="a", rspauth="b")");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->at("rspauth"), "b");
  auto const message = Message::request("abcd", "AUTH").add("WWW-Authenticate", R"(Digest realm="", nonce="", qop="")");
  EXPECT_TRUE(www_authenticate(message));
  EXPECT_EQ(authorization(message).error().detail, "missing");
  EXPECT_EQ(authentication_info(message).error().rule, "Authentication-Info");
}

TEST(MsrpDigest, RefusesWithOffsetAndRule) {
  struct {
    std::string_view text;
    std::size_t offset;
    std::string_view rule;
  } const all[] = {
      {"", 0, "Digest"},
      {"Basic abc", 0, "Digest"},
      {"Digest ", 7, "digest-param"},
      {"Digest realm", 12, "digest-param"},
      {"Digest realm=", 13, "digest-param"},
      {"Digest realm=\"x", 13, "quoted-string"},
      {"Digest realm=\"x\\", 13, "quoted-string"},
      {"Digest realm=x nonce=y", 15, "digest-param"},
      {"Digest realm=x,", 15, "digest-param"},
      {"Digest realm=x, Realm=y", 16, "digest-param"},
      {"Digest realm=x, nonce=y", 23, "qop"},
  };
  for (auto const& c : all) {
    auto const digest = parse_www_authenticate(c.text);
    ASSERT_FALSE(digest) << c.text;
    EXPECT_EQ(digest.error().offset, c.offset) << c.text;
    EXPECT_EQ(digest.error().rule, c.rule) << c.text;
  }
}

}  // namespace tollgate::msrp
