#include "codec/msrp/digest.hpp"

#include <gtest/gtest.h>

#include "codec/msrp/judge.hpp"
#include "codec/refused_test.hpp"

namespace tollgate::msrp {

/// The exchange that RFC 4976 5.1 prints, its folded lines put together.
constexpr std::string_view challenge = R"(Digest realm="intra.example.com", qop="auth", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093")";
constexpr std::string_view credentials =
    R"(Digest username="Alice", realm="intra.example.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", )"
    R"(qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1")";
constexpr std::string_view info = R"(nextnonce="40f2e879449675f288476d772627370a",rspauth="7327570c586207eca2afae94fc20903d",)"
                                  R"(cnonce="0a4f113b", nc=00000001, qop=auth)";

TEST(MsrpDigest, ReadsTheExchangeOfRfc4976) {
  auto const asked = parse_www_authenticate(challenge);
  ASSERT_TRUE(asked) << describe(asked.error());
  EXPECT_EQ(asked->realm, "intra.example.com");
  EXPECT_EQ(asked->algorithm, "MD5");
  auto const told = parse_authorization(credentials);
  ASSERT_TRUE(told) << describe(told.error());
  EXPECT_EQ(told->username, "Alice");
  EXPECT_EQ(told->nonce_count, 1U);
  auto const good = parse_authentication_info(info);
  ASSERT_TRUE(good) << describe(good.error());
  EXPECT_EQ(good->find("rspauth"), "7327570c586207eca2afae94fc20903d");
}

TEST(MsrpDigest, ReadsTheFieldOfAMessage) {
  auto const message = Message::request("abcd", "AUTH").add("WWW-Authenticate", challenge);
  EXPECT_TRUE(www_authenticate(message));
  EXPECT_EQ(authorization(message).error().detail, "missing");
  EXPECT_EQ(authentication_info(message).error().rule, "Authentication-Info");
}

/// An AUTH goes to a relay by a URI without port and session id, which no other request may have (RFC 4976 8).
TEST(MsrpDigest, IsJudgedInAnAuth) {
  auto const message = Message::request("49fh", "AUTH")
                           .add("To-Path", "msrps://alice@intra.example.com;tcp")
                           .add("From-Path", "msrps://alice.example.com:9892/98cjs;tcp")
                           .add("Expires", "900")
                           .add("Authorization", credentials);
  EXPECT_TRUE(judge(message.write()).diagnostics.empty());
  auto const judgement = judge(Message(message).set("Authorization", "Digest realm=x").write());
  ASSERT_EQ(judgement.diagnostics.size(), 1U);
  EXPECT_EQ(judgement.diagnostics.front().rule, "realm");
}

TEST(MsrpDigest, RefusesWithOffsetAndRule) {
  constexpr RefusedText all[] = {
      {"", 0, "auth-scheme"},
      {"Basic abc=d", 0, "auth-scheme"},
      {"Digest ", 7, "auth-param"},
      {"Digest  realm=\"x\", nonce=\"y\", qop=\"auth\"", 7, "SP"},
      {"Digest realm", 12, "auth-param"},
      {"Digest realm=\"x", 13, "auth-param"},
      {"Digest realm=\"x\" nonce=y", 16, "auth-param"},
      {"Digest realm=\"x\", Realm=\"y\"", 18, "auth-param"},
      {"Digest realm=\"x\", nonce=\"y\"", 27, "qop"},
      {"Digest realm= \"x\", nonce=\"y\", qop=\"auth\"", 12, "digest-param"},
      {"Digest realm=\"x\", nonce=\"y\", qop=\"auth,auth-int\"", 34, "qop-options"},
      {"Digest realm=\"x\", nonce=\"y\", qop=\"auth\", algorithm=MD5-sess", 51, "algorithm"},
  };
  expect_refused(all, parse_www_authenticate);
  EXPECT_EQ(parse_authentication_info(R"(nextnonce="a", rspauth="b")").error().rule, "cnonce");
  EXPECT_EQ(parse_authorization(std::string(credentials) + R"(, nc=1)").error().rule, "auth-param");
}

}  // namespace tollgate::msrp
