#include "transport/tls_network.hpp"

#include <gmock/gmock.h>

#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A listener over TLS, and whoever comes.
struct Door {
  Door() {
    listener->on_accept = [this](std::unique_ptr<Stream> stream) {
      auto& one = *accepted.emplace_back(std::move(stream));
      one.on_octets = [this](std::string_view octets) { got += octets; };
    };
    listener->on_refused = [this](Address const&, std::string_view reason) { refused.emplace_back(reason); };
  }
  /// One that says this, whatever it is.
  [[nodiscard]] std::unique_ptr<Stream> plain(std::string_view says) {
    auto stream = below.connect("127.0.0.1", listener->local());
    stream->send(says);
    return stream;
  }

  SimClock clock;
  LoopbackNetwork below{clock, Random(1), {.split_most = 50}};
  static constexpr std::size_t handshakes_most = 120;
  TlsNetwork network{clock, below, TlsIdentity::around(1'790'000'000, Random(1), "im.example"), handshakes_most};
  std::unique_ptr<Listener> listener = network.listen({"127.0.0.1", 5061});
  std::vector<std::unique_ptr<Stream>> accepted;
  Octets got;
  std::vector<std::string> refused;
};

TEST(TlsNetwork, HandsOverWhoHasShakenHandsAndLosesNothing) {
  Door door;
  auto const stream = door.network.connect("127.0.0.1", door.listener->local());
  Octets const much(100'000, 'x');
  stream->send(much);  // with the end of the handshake
  door.clock.run_for(1s);
  ASSERT_EQ(door.accepted.size(), 1U);
  EXPECT_EQ(door.got, much);
  Octets back;
  stream->on_octets = [&](std::string_view octets) { back += octets; };
  door.accepted.front()->send("200 OK");
  door.clock.run_for(1s);
  EXPECT_EQ(back, "200 OK");
  EXPECT_THAT(door.refused, IsEmpty());
}

TEST(TlsNetwork, RefusesPlainTextAndTellsWhatCame) {
  Door door;
  auto const stranger = door.plain("INVITE sip:alice@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1\r\n\r\n");
  std::string closed;
  stranger->on_closed = [&](std::string_view reason) { closed = reason; };
  auto const other = door.network.connect("127.0.0.1", door.listener->local());
  other->send("hello");
  door.clock.run_for(1s);
  EXPECT_THAT(door.refused, ElementsAre(AllOf(HasSubstr("no TLS handshake: "), HasSubstr("what came is \"INVIT"))));
  EXPECT_EQ(closed, "closed by the peer");
  EXPECT_EQ(door.got, "hello") << "the others are untouched";
}

TEST(TlsNetwork, RefusesAHandshakeThatIsCut) {
  Door door;
  auto const stranger = door.plain(std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));  // a ClientHello begins so
  door.clock.run_for(1s);
  EXPECT_THAT(door.refused, IsEmpty());
  stranger->close();
  door.clock.run_for(1s);
  EXPECT_THAT(door.refused, ElementsAre("no TLS handshake: closed by the peer"));
}

TEST(TlsNetwork, TakesNobodyAmissWhoOnlyLooksWhetherThePortIsThere) {
  Door door;
  auto const stranger = door.plain("");
  door.clock.run_for(1s);
  stranger->close();
  door.clock.run_for(20s);
  EXPECT_THAT(door.refused, IsEmpty());
  EXPECT_THAT(door.accepted, IsEmpty());
}

TEST(TlsNetwork, WaitsForAHandshakeNotForEver) {
  Door door;
  auto const stranger = door.plain("");
  std::string closed;
  stranger->on_closed = [&](std::string_view reason) { closed = reason; };
  door.clock.run_for(9s);
  EXPECT_THAT(door.refused, IsEmpty());
  door.clock.run_for(2s);
  EXPECT_THAT(door.refused, ElementsAre("no TLS handshake: it was not over within 10 s"));
  EXPECT_EQ(closed, "closed by the peer");
}

TEST(TlsNetwork, KeepsOnlySoManyHandshakesAndTellsOfSoManyFailures) {
  Door door;
  std::vector<std::unique_ptr<Stream>> strangers;
  for (std::size_t i = 0; i < Door::handshakes_most + 20; ++i) strangers.push_back(door.plain(""));
  door.clock.run_for(1s);
  EXPECT_EQ(door.refused.size(), 20U);
  EXPECT_THAT(door.refused.front(), HasSubstr("too many at a time"));
  door.clock.run_for(10s);
  EXPECT_EQ(door.refused.size(), 100U);
  auto const friendly = door.network.connect("127.0.0.1", door.listener->local());
  friendly->send("hello");
  door.clock.run_for(1s);
  EXPECT_EQ(door.got, "hello");
}

TEST(TlsNetwork, SaysWhyItCouldNotConnect) {
  Door door;
  std::string plain, nobody;
  auto const listener = door.below.listen({"127.0.0.1", 5060});
  std::unique_ptr<Stream> accepted;
  listener->on_accept = [&](std::unique_ptr<Stream> stream) {
    accepted = std::move(stream);
    accepted->send("SIP/2.0 400 Bad Request\r\n\r\n");
  };
  auto const to_plain = door.network.connect("127.0.0.1", listener->local());
  to_plain->on_closed = [&](std::string_view reason) { plain = reason; };
  auto const to_nobody = door.network.connect("127.0.0.1", {"127.0.0.1", 1});
  to_nobody->on_closed = [&](std::string_view reason) { nobody = reason; };
  door.clock.run_for(1s);
  EXPECT_THAT(plain, AllOf(HasSubstr("no TLS handshake: "), HasSubstr("what came is \"SIP/2.0 400")));
  EXPECT_EQ(nobody, "connection refused");
}

TEST(TlsNetwork, APausedStreamKeepsWhatComes) {
  Door door;
  auto const stream = door.network.connect("127.0.0.1", door.listener->local());
  door.clock.run_for(1s);
  ASSERT_EQ(door.accepted.size(), 1U);
  auto& accepted = *door.accepted.front();
  accepted.pause();
  stream->send("kept");
  door.clock.run_for(1s);
  EXPECT_EQ(door.got, "");
  accepted.resume();
  door.clock.run_for(1s);
  EXPECT_EQ(door.got, "kept");
}

}  // namespace
}  // namespace tollgate
