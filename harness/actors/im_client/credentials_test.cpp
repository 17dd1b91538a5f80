#include "actors/im_client/credentials.hpp"

#include <functional>
#include <gmock/gmock.h>
#include <memory>

#include "actors/im_client/im_client.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/digest_response.hpp"
#include "codec/sip/response.hpp"
#include "codec/sip/via.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using sip::Name;

/// A SUT that challenges: each REGISTER is kept, and answered as the test says.
class CredentialsTest : public testing::Test {
 protected:
  CredentialsTest() {
    ixit.sut_sip = sut->local();
    ixit.password = "secret";
    sut->on_octets = [this](Octets octets, Address const& from) {
      auto message = sip::Message::parse(octets);
      ASSERT_TRUE(message);
      heard.push_back(std::move(*message));
      sut->send(answer(heard.back()).write(), from);
    };
  }
  ImClient& alice() {
    if (!client) client = std::make_unique<ImClient>(clock, network, ixit, recorder, Random(2), "alice", "sip:alice@ims.example");
    return *client;
  }
  /// What alice's case heard of its REGISTER, within a second.
  int status() {
    int got = 0;
    TaskScope scope;
    scope.start([](ImClient& who, int& out) -> Task<void> {
      if (auto const item = co_await who.may_receive("* REGISTER", 1s)) out = item->status;
    }(alice(), got));
    clock.run_until([&] { return scope.idle(); });
    return got;
  }
  static bool proves(sip::Message const& request, std::string_view secret) {
    auto const credentials = sip::digest_responses(request);
    return credentials && credentials->size() == 1 && credentials->front().username == "alice" &&
           sip::digest_response(credentials->front(), secret, request.method()) == credentials->front().response;
  }
  static sip::Message challenge(sip::Message const& request, std::string const& text) {
    auto response = sip::response_to(request, 401, "t");
    response.add(Name::www_authenticate, text);
    return response;
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  std::unique_ptr<Datagrams> sut = network.bind({"127.0.0.1", 5060});
  Ixit ixit;
  Recorder recorder{clock};
  std::vector<sip::Message> heard;
  std::string asks = R"(Digest realm="ims.example", nonce="n1", algorithm=SHA-256, qop="auth,auth-int", opaque="o")";
  std::function<sip::Message(sip::Message const&)> answer = [this](sip::Message const& request) {
    return proves(request, "secret") ? sip::response_to(request, 200, "t") : challenge(request, asks);
  };
  std::unique_ptr<ImClient> client;
};

TEST_F(CredentialsTest, AnswerAChallengeWithTheNextCSeqAndANewBranch) {
  auto const first = alice().sends_register();
  EXPECT_EQ(status(), 200);
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_FALSE(heard[0].value(Name::authorization));
  EXPECT_EQ(sip::cseq(heard[1])->number, sip::cseq(heard[0])->number + 1);
  EXPECT_NE(sip::top_via(heard[1])->branch(), sip::top_via(heard[0])->branch());
  EXPECT_EQ(heard[1].value(Name::call_id), heard[0].value(Name::call_id));
  auto const credentials = sip::digest_responses(heard[1]);
  ASSERT_TRUE(credentials) << describe(credentials.error());
  EXPECT_EQ(credentials->front().qop, "auth");
  EXPECT_EQ(credentials->front().opaque, "o");
  EXPECT_EQ(credentials->front().nonce_count, 1U);

  alice().repeats(first);  // the case's REGISTER is the one that was accepted
  clock.run_for(1ms);
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_EQ(heard[2].write(), heard[1].write());
}

TEST_F(CredentialsTest, AreGivenUnaskedOnceAskedFor) {
  alice().sends_register();
  EXPECT_EQ(status(), 200);
  alice().sends_register();
  EXPECT_EQ(status(), 200);
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_EQ(sip::digest_responses(heard[2])->front().nonce_count, 2U);
  EXPECT_EQ(sip::cseq(heard[2])->number, 3U);
}

TEST_F(CredentialsTest, ASecondRefusalIsTheCases) {
  answer = [this](sip::Message const& request) { return challenge(request, asks); };
  alice().sends_register();
  EXPECT_EQ(status(), 401);
  EXPECT_EQ(heard.size(), 2U);
}

TEST_F(CredentialsTest, AStaleNonceIsAnsweredOnceMore) {
  answer = [this](sip::Message const& request) { return challenge(request, asks + ", stale=true"); };
  alice().sends_register();
  EXPECT_EQ(status(), 401);
  EXPECT_EQ(heard.size(), 3U);
}

TEST_F(CredentialsTest, AreLeftOutOrWrongWhereTheCaseSaysSo) {
  alice().sends_register({}, {}, Proof::none);
  EXPECT_EQ(status(), 401);
  EXPECT_TRUE(alice().was_challenged());
  alice().sends_register({}, {}, Proof::wrong);
  EXPECT_EQ(status(), 401);
  alice().sends_register({}, {}, Proof::good);
  EXPECT_EQ(status(), 200);
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_FALSE(heard[0].value(Name::authorization));
  EXPECT_TRUE(proves(heard[1], "wrong"));
  EXPECT_TRUE(proves(heard[2], "secret"));
}

TEST_F(CredentialsTest, WithoutAPasswordTheChallengeIsTheCases) {
  ixit.password.clear();
  alice().sends_register();
  EXPECT_EQ(status(), 401);
  EXPECT_EQ(heard.size(), 1U);
}

TEST_F(CredentialsTest, OfAnAlgorithmThatNobodyKnowsAreNotGiven) {
  asks = R"(Digest realm="r", nonce="n", algorithm=AKAv1-MD5, qop="auth")";
  alice().sends_register();
  EXPECT_EQ(status(), 401);
  EXPECT_EQ(heard.size(), 1U);
  EXPECT_FALSE(alice().was_challenged());
}

TEST_F(CredentialsTest, OfTheOldKindHaveNoQop) {
  asks = R"(Digest realm="r", nonce="n")";
  alice().sends_register();
  EXPECT_EQ(status(), 200);
  auto const credentials = sip::digest_responses(heard.back());
  EXPECT_EQ(credentials->front().qop, "");
  EXPECT_EQ(credentials->front().cnonce, "");
}

TEST_F(CredentialsTest, OfAProxyGoIntoTheirOwnField) {
  answer = [this](sip::Message const& request) {
    if (request.value(Name::proxy_authorization)) return sip::response_to(request, 200, "t");
    auto response = sip::response_to(request, 407, "t");
    response.add(Name::proxy_authenticate, asks);
    return response;
  };
  alice().sends_register();
  EXPECT_EQ(status(), 200);
  EXPECT_FALSE(heard.back().value(Name::authorization));
}

}  // namespace
}  // namespace tollgate
