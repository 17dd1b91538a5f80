#include "transport/tls.hpp"

#include <gmock/gmock.h>

#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;

constexpr std::int64_t from = 1'790'000'000, until = from + 86'400;

std::shared_ptr<TlsIdentity const> identity(std::uint64_t seed) {
  return std::make_shared<TlsIdentity const>(Random(seed), "im.example", from, until);
}

/// A client and a server with a listener between them.
struct Pair {
  explicit Pair(LoopbackConditions conditions = {}) : network(clock, Random(1), conditions), listener(network.listen({"127.0.0.1", 0})) {}

  void connect(std::optional<std::string> server_is, std::optional<std::string> client_is) {
    listener->on_accept = [this, client_is](std::unique_ptr<Stream> stream) {
      callee = std::make_unique<TlsStream>(clock, std::move(stream), identity(2), TlsRole::server, client_is);
      callee->on_octets = [this](std::string_view octets) { at_callee += octets; };
      callee->on_closed = [this](std::string_view reason) { callee_closed = reason; };
    };
    caller = std::make_unique<TlsStream>(clock, network.connect("127.0.0.1", listener->local()), identity(1), TlsRole::client, server_is);
    caller->on_open = [this] { opened = true; };
    caller->on_octets = [this](std::string_view octets) { at_caller += octets; };
    caller->on_closed = [this](std::string_view reason) { caller_closed = reason; };
  }

  SimClock clock;
  LoopbackNetwork network;
  std::unique_ptr<Listener> listener;
  std::unique_ptr<Stream> caller, callee;
  bool opened = false;
  Octets at_caller, at_callee;
  std::string caller_closed, callee_closed;
};

TEST(Tls, CarriesOctetsBothWaysBetweenTwoWhoKnowEachOther) {
  Pair pair({.split_most = 7});
  pair.connect(identity(2)->fingerprint(), identity(1)->fingerprint());
  Octets const much(1'000'000, 'x');
  pair.caller->send("hello");  // waits for the handshake
  pair.caller->send(much);
  pair.clock.run_for(1s);
  EXPECT_TRUE(pair.opened);
  EXPECT_EQ(pair.at_callee, "hello" + much);
  pair.callee->send("and back");
  pair.clock.run_for(1s);
  EXPECT_EQ(pair.at_caller, "and back");
  pair.callee->close();
  pair.clock.run_for(1s);
  EXPECT_EQ(pair.caller_closed, "closed by the peer");
}

TEST(Tls, ClosesWhenThePeerIsAnother) {
  Pair client, server;
  client.connect(identity(3)->fingerprint(), std::nullopt);
  client.caller->send("secret");
  client.clock.run_for(1s);
  EXPECT_FALSE(client.opened);
  EXPECT_THAT(client.caller_closed, HasSubstr("not " + identity(3)->fingerprint()));
  EXPECT_EQ(client.at_callee, "");
  server.connect(std::nullopt, identity(3)->fingerprint());
  server.clock.run_for(1s);
  EXPECT_THAT(server.callee_closed, HasSubstr("the certificate has the fingerprint " + identity(1)->fingerprint()));
}

TEST(Tls, ClosesOnWhatIsNoTls) {
  Pair pair;
  pair.connect(std::nullopt, std::nullopt);
  pair.caller = pair.network.connect("127.0.0.1", pair.listener->local());
  pair.caller->send("MSRP tid SEND\r\n");
  pair.clock.run_for(1s);
  EXPECT_THAT(pair.callee_closed, HasSubstr("no TLS handshake"));
  EXPECT_EQ(pair.at_callee, "");
}

TEST(Tls, AnIdentityIsOfItsSeed) {
  EXPECT_EQ(identity(1)->fingerprint(), identity(1)->fingerprint());
  EXPECT_NE(identity(1)->fingerprint(), identity(2)->fingerprint());
  EXPECT_THAT(identity(1)->fingerprint(), testing::StartsWith("SHA-256 "));
}

}  // namespace
}  // namespace tollgate
