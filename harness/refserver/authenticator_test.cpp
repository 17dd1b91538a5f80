#include "refserver/authenticator.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "codec/sip/digest_response.hpp"
#include "sim/sim_clock.hpp"

namespace tollgate::refserver {
namespace {

using Judgement = Authenticator::Judgement;
using sip::Name;

class AuthenticatorTest : public testing::Test {
 protected:
  AuthenticatorTest() {
    config.password = "secret";
    config.secrets["bob"] = "other";
  }
  std::string nonce(bool stale = false) {
    auto response = sip::Message::response(401, "Unauthorized");
    authenticator.challenge(response, stale);
    response_ = response;
    auto const found = sip::digest_challenges(response_);
    return std::string(found->front().nonce);
  }
  Judgement judges(std::string const& nonce, std::uint32_t count = 1, std::string const& secret = "secret",
                   std::string const& username = "alice", std::string const& realm = "ims.example", std::string const& algorithm = "MD5") {
    auto request = sip::Message::request("REGISTER", "sip:ims.example");
    sip::DigestResponse credentials{.username = username,
                                    .realm = realm,
                                    .nonce = nonce,
                                    .uri = "sip:ims.example",
                                    .response = "",
                                    .algorithm = algorithm,
                                    .qop = "auth",
                                    .cnonce = "c",
                                    .opaque = "",
                                    .nonce_count = count};
    request.add(Name::authorization,
                fmt::format(R"(Digest username="{}", realm="{}", nonce="{}", uri="sip:ims.example", response="{}", )"
                            R"(algorithm={}, qop=auth, cnonce="c", nc={:08x})",
                            username, realm, nonce, *digest_response(credentials, secret, "REGISTER"), algorithm, count));
    return authenticator.judges(request, user);
  }

  SimClock clock;
  Config config;
  std::string user = "alice";
  sip::Message response_ = sip::Message::response(401, "");
  Authenticator authenticator{clock, config, Random(1)};
};

TEST_F(AuthenticatorTest, ChallengesWithTheStrongerAlgorithmFirst) {
  (void)nonce(true);
  auto const found = sip::digest_challenges(response_);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].algorithm, "SHA-256");
  EXPECT_EQ((*found)[1].algorithm, "MD5");
  EXPECT_EQ((*found)[0].realm, "ims.example");
  EXPECT_TRUE((*found)[0].offers("auth"));
  EXPECT_TRUE((*found)[0].stale);
}

TEST_F(AuthenticatorTest, AcceptsEitherAlgorithmAndEitherFormOfTheUsername) {
  EXPECT_EQ(judges(nonce()), Judgement::accepted);
  EXPECT_EQ(judges(nonce(), 1, "secret", "alice@ims.example", "ims.example", "SHA-256"), Judgement::accepted);
  user = "bob";
  EXPECT_EQ(judges(nonce(), 1, "other", "bob"), Judgement::accepted);
  EXPECT_EQ(judges(nonce(), 1, "secret", "bob"), Judgement::refused);
}

TEST_F(AuthenticatorTest, RefusesWhatIsWrong) {
  EXPECT_EQ(judges(nonce(), 1, "guess"), Judgement::refused);
  EXPECT_EQ(judges("invented"), Judgement::refused);
  EXPECT_EQ(judges(nonce(), 1, "secret", "bob"), Judgement::refused) << "another user's name";
  EXPECT_EQ(judges(nonce(), 1, "other", "bob"), Judgement::other) << "another user, who is who he says he is";
  EXPECT_EQ(judges(nonce(), 1, "secret", "alice", "elsewhere"), Judgement::refused);
  EXPECT_EQ(authenticator.judges(sip::Message::request("REGISTER", "sip:ims.example"), "alice"), Judgement::refused);
}

TEST_F(AuthenticatorTest, TakesANonceCountOnceAndNeverALowerOne) {
  auto const one = nonce();
  EXPECT_EQ(judges(one, 2), Judgement::accepted);
  EXPECT_EQ(judges(one, 2), Judgement::refused);
  EXPECT_EQ(judges(one, 1), Judgement::refused);
  EXPECT_EQ(judges(one, 3), Judgement::accepted);
}

TEST_F(AuthenticatorTest, AnExpiredNonceIsStaleOnlyWithTheRightSecret) {
  auto const one = nonce();
  clock.run_for(config.timers.nonce + 1s);
  EXPECT_EQ(judges(one), Judgement::stale);
  EXPECT_EQ(judges(one, 1, "guess"), Judgement::refused);
}

TEST_F(AuthenticatorTest, AsksOnlyUsersOfTheSecuredPrefix) {
  EXPECT_TRUE(authenticator.asks("alice"));
  config.secured_prefix = "secure";
  EXPECT_FALSE(authenticator.asks("alice"));
  EXPECT_TRUE(authenticator.asks("secure7"));
}

}  // namespace
}  // namespace tollgate::refserver
