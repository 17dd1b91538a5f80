// kamailio's msrp module as the MSRP relay of a user (RFC 4976): she AUTHenticates, gets a Use-Path, and the reference server sends to
// her through it. The test plays itself once more inside the network that it makes.
#include <fmt/format.h>

#include "base/text.hpp"
#include "codec/msrp/reassembly.hpp"
#include "codec/msrp/views.hpp"
#include "codec/sip/digest_response.hpp"
#include "refserver/peers_test.hpp"
#include "refserver/server.hpp"
#include "selftest/crossed_test.hpp"
#include "selftest/outside/between_test.hpp"

namespace tollgate::selftest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char const* inside = "TOLLGATE_TEST_INSIDE";
std::string const relay = "msrp://10.77.0.2:5060;tcp";

/// A user's end of MSRP behind a relay: one connection, on which it AUTHenticates and is sent to (RFC 4976 5.1, 5.3).
class RelayedEnd {
 public:
  explicit RelayedEnd(Network& network) : stream_(network.connect("10.77.0.3", {"10.77.0.2", 5060})) {
    stream_->on_octets = [this](std::string_view octets) {
      buffer_.append(octets);
      while (auto const cut = buffer_.next()) take(*msrp::Message::parse(cut->octets));
    };
    stream_->on_open = [this] { authenticates(""); };
  }

  std::vector<int> statuses;  ///< of the answers to AUTH
  std::string use_path;
  std::vector<msrp::Message> sends;
  std::vector<std::string> delivered;

  [[nodiscard]] std::string const& own() const { return own_; }

 private:
  void authenticates(std::string const& authorization) {
    auto request = msrp::Message::request(fmt::format("auth{:04}", statuses.size()), "AUTH");
    request.add("To-Path", relay).add("From-Path", own_);
    if (!authorization.empty()) request.add("Authorization", authorization);
    stream_->send(request.write());
  }
  void take(msrp::Message const& message) {
    if (message.is_request()) return take_send(message);
    statuses.push_back(message.status());
    if (auto const path = message.value("Use-Path")) use_path = *path;
    auto const challenge = sip::parse_digest_challenge(message.value("WWW-Authenticate").value_or(""));
    if (message.status() != 401 || statuses.size() > 1 || !challenge) return;
    sip::DigestResponse answer{.username = "alice",
                               .realm = challenge->realm,
                               .nonce = challenge->nonce,
                               .uri = relay,
                               .response = {},
                               .algorithm = challenge->algorithm,
                               .qop = "auth",
                               .cnonce = "c0ffee",
                               .opaque = {},
                               .nonce_count = 1};
    authenticates(fmt::format(R"(Digest username="alice", realm="{}", nonce="{}", uri="{}", response="{}", algorithm={}, )"
                              R"(qop=auth, cnonce="c0ffee", nc=00000001)",
                              answer.realm, answer.nonce, answer.uri, sip::digest_response(answer, "secret", "AUTH").value_or(""),
                              answer.algorithm));
  }
  void take_send(msrp::Message const& send) {
    sends.push_back(send);
    auto response = msrp::Message::response(send.transaction_id(), 200, "OK");
    auto const from = *send.value("From-Path");
    response.add("To-Path", from.substr(0, from.find(' '))).add("From-Path", own_);
    stream_->send(response.write());
    if (!send.has_body()) return;
    if (auto const progress = chunks_.add(send); progress && progress->state == msrp::Reassembly::State::complete)
      delivered.push_back(progress->content);
  }

  std::string own_ = "msrp://10.77.0.3:9/alice;tcp";  // nobody connects there
  std::unique_ptr<Stream> stream_;
  StreamBuffer buffer_{[](auto octets) { return msrp::frame(octets); }};
  msrp::Reassembly chunks_;
};

/// Two messages, one of them in chunks, reach her through the relay and are charged.
void messages_go_through_the_relay() {
  WallClock clock;
  SocketNetwork network(clock);
  auto const comes = [&](std::function<bool()> const& met) {
    auto const limit = clock.now() + 10s;
    clock.run_until([&] { return met() || clock.now() > limit; });
    return met();
  };
  refserver::TestCharging charging(network, 0);
  refserver::Config config;
  config.sip = {"10.77.0.1", 0};
  config.charging_enabler = charging.address();
  refserver::Server const server(clock, network, Random(1), config);
  RelayedEnd end(network);
  ASSERT_TRUE(comes([&] { return !end.use_path.empty(); }));
  EXPECT_THAT(end.statuses, ElementsAre(401, 200));
  ASSERT_TRUE(msrp::parse_path(end.use_path));
  refserver::TestPhone phone(network, 0, server.sip());
  phone.setup = sdp::Setup::passive;
  phone.change_answer = [&](sdp::MsrpMedia& media) { media.path = {end.use_path, end.own()}; };
  auto const longer = std::string(5000, 'x');
  phone.deposits("sip:alice@ims.example", "hello");
  ASSERT_TRUE(comes([&] { return phone.all("202").size() == 1; }));
  phone.deposits("sip:alice@ims.example", longer);
  ASSERT_TRUE(comes([&] { return phone.all("202").size() == 2; }));
  phone.registers("sip:alice@ims.example");
  ASSERT_TRUE(comes([&] { return !phone.all("BYE").empty(); }));
  ASSERT_EQ(end.delivered.size(), 2U);
  EXPECT_THAT(end.delivered[0], HasSubstr("hello"));
  EXPECT_THAT(end.delivered[1], HasSubstr(longer));
  for (auto const& send : end.sends) {
    EXPECT_EQ(send.value("To-Path"), end.own()) << "the relay has taken its own URI off";
    EXPECT_TRUE(send.value("From-Path")->starts_with(end.use_path + " msrp://10.77.0.1:")) << *send.value("From-Path");
  }
  ASSERT_TRUE(comes([&] { return charging.ccrs.size() >= 2; }));
  EXPECT_EQ(charging.ccrs.back().used, 2U);
}

TEST(ThroughMsrpRelay, MessagesReachTheUser) {
  if (std::getenv(inside) != nullptr) return messages_go_through_the_relay();  // NOLINT(concurrency-mt-unsafe): a test has one thread
  if (auto const why = no_network(); !why.empty()) GTEST_SKIP() << "this user may make no network: " << why;
  Between const run;
  auto const self = std::filesystem::read_symlink("/proc/self/exe").string();
  auto const ended = run.in("msrp", std::string(inside) + "=1 " + self + " --gtest_filter=ThroughMsrpRelay.MessagesReachTheUser");
  EXPECT_EQ(ended.exit, 0) << ended.output << read_file(run.folder / "between.log");
  EXPECT_THAT(ended.output, HasSubstr("[  PASSED  ] 1 test."));
}

/// The SUT file of a run whose clients are behind it.
std::string behind_it(Between const& run, std::string const& password) {
  auto const file = run.sut_file("sip = \"udp:10.77.0.1:5060\"", "{charging}", "");
  auto const text = replaced(read_file(file), "[client]\n", "[client]\nmsrp_relay = \"" + relay + "\"\n");
  return write_file(file, replaced(text, "[users]\n", "[users]\npassword = \"" + password + "\"\n"));
}

/// Clients of the suite AUTHenticate there, are reached by its Use-Path, and take what is pushed to them.
TEST(ThroughMsrpRelay, TheSuitePasses) {
  if (auto const why = no_network(); !why.empty()) GTEST_SKIP() << "this user may make no network: " << why;
  Between const run;
  auto const ended = run.run("msrp", behind_it(run, "secret"), selection("ORD REG RSV NC-05 INV DBT-07 MS-21b ML-01 ML-03"));
  EXPECT_EQ(ended.exit, 0) << ended.output << read_file(run.folder / "between.log");
  EXPECT_THAT(ended.output, testing::ContainsRegex("PASS .*ORD-03"));
  EXPECT_THAT(ended.output, testing::ContainsRegex("PASS .*ML-01"));
  EXPECT_THAT(ended.output, testing::ContainsRegex("N/A .*ORD-12.*a relay answers in its place"));
  auto const msrp = run.octets("ML-01", trace::Channel::msrp), sip = run.octets("ML-01", trace::Channel::sip);
  EXPECT_THAT(msrp, HasSubstr("Authorization: Digest username=\"user"));
  EXPECT_THAT(msrp, HasSubstr("Use-Path: msrp://10.77.0.2:5060/s"));
  EXPECT_THAT(sip, HasSubstr("a=path:msrp://10.77.0.2:5060/s"));
  auto const hosts = crossed(run.folder / "out/tests/ML-01.jsonl", trace::Channel::msrp).hosts;
  EXPECT_THAT(hosts, ElementsAre("10.77.0.2", "10.77.0.3")) << "nothing of MSRP comes from the server itself";
}

/// It answers a SEND before it passes it on: a debit and a BYE may be here before the message, and the message counts.
TEST(ThroughMsrpRelay, WhatTheRelayStillHasIsWaitedFor) {
  if (auto const why = no_network(); !why.empty()) GTEST_SKIP() << "this user may make no network: " << why;
  Between const run;
  auto const ended = run.run("msrp", behind_it(run, "secret"), "RC-02 --repeat 30");
  EXPECT_EQ(ended.exit, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("30 run: 30 pass"));
}

/// It is not the server that fails where the relay refuses the client.
TEST(ThroughMsrpRelay, ARefusalIsInconclusive) {
  if (auto const why = no_network(); !why.empty()) GTEST_SKIP() << "this user may make no network: " << why;
  Between const run;
  auto const ended = run.run("msrp", behind_it(run, "wrong"), "ORD-03");
  EXPECT_EQ(ended.exit, 2) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("no MSRP path"));
  EXPECT_THAT(ended.output, HasSubstr("it answers AUTH with 401"));
}

}  // namespace
}  // namespace tollgate::selftest
