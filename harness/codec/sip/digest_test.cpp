#include "codec/sip/digest.hpp"

#include <gtest/gtest.h>

#include "codec/refused_test.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

constexpr std::string_view response =
    "Digest username=\"bob\", realm=\"biloxi.com\", nonce=\"dcd98b\", uri=\"sip:bob@biloxi.com\", qop=auth, "
    "nc=0000001f,"
    " cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc\"";

TEST(SipDigest, ReadsChallengesInOrder) {
  auto message = Message::response(401, "Unauthorized");
  message.add(Name::www_authenticate, "Digest realm=\"a\", nonce=\"1\", algorithm=SHA-256, qop=\"auth, auth-int\"");
  message.add(Name::www_authenticate, "Basic realm=\"b\"");
  message.add(Name::www_authenticate, "digest realm=\"a\", nonce=\"2\", stale=TRUE, opaque=\"o\", domain=\"sip:a\"");
  auto const read = digest_challenges(message);
  ASSERT_TRUE(read) << describe(read.error());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].algorithm, "SHA-256");
  EXPECT_TRUE((*read)[0].offers("auth-int"));
  EXPECT_FALSE((*read)[0].offers("int"));
  EXPECT_EQ((*read)[1].algorithm, "MD5");
  EXPECT_TRUE((*read)[1].stale);
  EXPECT_EQ((*read)[1].domain, "sip:a");
}

TEST(SipDigest, ReadsAResponse) {
  auto const read = parse_digest_response(response);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(read->username, "bob");
  EXPECT_EQ(read->uri, "sip:bob@biloxi.com");
  EXPECT_EQ(read->nonce_count, 31U);
  EXPECT_EQ(read->algorithm, "MD5");
  auto message = Message::request("REGISTER", "sip:a");
  message.add(Name::authorization, response).add(Name::authorization, "Bearer a=b");
  EXPECT_EQ(digest_responses(message)->size(), 1U);
  EXPECT_TRUE(digest_responses(message, Name::proxy_authorization)->empty());
}

/// `response` with `from` replaced by `to`.
static std::string with(std::string_view from, std::string_view to) {
  std::string text(response);
  return text.replace(text.find(from), from.size(), to);
}

TEST(SipDigest, RefusesWhatLacksOrIsMisshapen) {
  constexpr RefusedText challenges[] = {
      {"Basic realm=\"a\"", 0, "auth-scheme"}, {"Digest nonce=\"1\"", 16, "realm"}, {"Digest realm=\"1\"", 16, "nonce"}};
  expect_refused(challenges, parse_digest_challenge);
  auto const rule = [](std::string const& text) {
    auto const read = parse_digest_response(text);
    return read ? std::string_view("none") : read.error().rule;
  };
  EXPECT_EQ(rule(with("username=\"bob\", ", "")), "username");
  EXPECT_EQ(rule(with("username=\"bob\"", "username*=UTF-8''b%c3%b6b")), "none");
  EXPECT_EQ(rule(with("username=\"bob\"", "username*=\"UTF-8''b\"")), "username*");
  EXPECT_EQ(rule(with("username=\"bob\"", "username=\"bob\", username*=UTF-8''bob")), "username*");
  EXPECT_EQ(rule(with("nc=0000001f,", "")), "nc");
  EXPECT_EQ(rule(with(" cnonce=\"0a4f113b\",", "")), "cnonce");
  EXPECT_EQ(rule(with("0000001f", "1F")), "nc-value");
  EXPECT_EQ(rule(with("6629fae4", "6629FAE4")), "request-digest");
  EXPECT_EQ(rule(with("6629fae4", "")), "request-digest");
  EXPECT_EQ(rule(with("qop=auth", "qop=auth, algorithm=SHA-256")), "request-digest");
  EXPECT_EQ(rule(with("qop=auth", "qop=auth, algorithm=X-NEW")), "none");
  auto const short_count = with("0000001f", "1");
  EXPECT_EQ(parse_digest_response(short_count).error().offset, short_count.find("nc=") + 3);
}

}  // namespace tollgate::sip
