// The same promises, kept by the simulated network and by the machine's sockets.
#include <gmock/gmock.h>
#include <memory>

#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"
#include "transport/sockets.hpp"

namespace tollgate {
namespace {

struct Simulated {
  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
};
struct Real {
  WallClock clock;
  SocketNetwork network{clock};
};

template <class Kind>
class NetworkTest : public testing::Test {
 protected:
  Kind kind;
  void run(std::function<bool()> const& done) {
    Instant const limit = kind.clock.now() + 5s;
    kind.clock.run_until([&] { return done() || kind.clock.now() > limit; });
    EXPECT_TRUE(done());
  }
};
using Kinds = testing::Types<Simulated, Real>;
TYPED_TEST_SUITE(NetworkTest, Kinds);

TYPED_TEST(NetworkTest, DatagramsArriveWithTheirSender) {
  auto const a = this->kind.network.bind({"127.0.0.1", 0});
  auto const b = this->kind.network.bind({"127.0.0.1", 0});
  Octets got;
  Address from;
  b->on_octets = [&](Octets octets, Address const& sender) { got = std::move(octets), from = sender; };
  a->send(std::string_view("\0hi\xff", 4), b->local());
  this->run([&] { return !got.empty(); });
  EXPECT_EQ(got, std::string("\0hi\xff", 4));
  EXPECT_EQ(from, a->local());
  EXPECT_NE(a->local(), b->local());
}

TYPED_TEST(NetworkTest, StreamsCarryOctetsBothWaysAndSayWhenThePeerCloses) {
  auto const listener = this->kind.network.listen({"127.0.0.1", 0});
  std::unique_ptr<Stream> callee;
  Octets at_callee, at_caller;
  std::string closed;
  listener->on_accept = [&](std::unique_ptr<Stream> stream) {
    callee = std::move(stream);
    callee->on_octets = [&](std::string_view octets) {
      at_callee += octets;
      callee->send("pong");
    };
    callee->on_closed = [&](std::string_view reason) { closed = reason; };
  };
  auto const caller = this->kind.network.connect("127.0.0.1", listener->local());
  caller->on_octets = [&](std::string_view octets) { at_caller += octets; };
  caller->send("ping");  // before it is open: waits
  this->run([&] { return at_caller == "pong"; });
  EXPECT_EQ(at_callee, "ping");
  EXPECT_EQ(caller->remote(), listener->local());
  caller->send("bye");
  caller->close();
  this->run([&] { return !closed.empty(); });
  EXPECT_EQ(at_callee, "pingbye") << "what was sent before the close arrives before it";
}

TYPED_TEST(NetworkTest, AConnectionThatNobodyAcceptsIsClosedWithAReason) {
  auto nobody = this->kind.network.listen({"127.0.0.1", 0});
  Address const address = nobody->local();
  nobody.reset();
  std::string reason;
  auto const stream = this->kind.network.connect("127.0.0.1", address);
  stream->on_closed = [&](std::string_view why) { reason = why; };
  this->run([&] { return !reason.empty(); });
}

TYPED_TEST(NetworkTest, ATakenAddressIsTheHarnessesError) {
  auto const first = this->kind.network.listen({"127.0.0.1", 0});
  EXPECT_THROW((void)this->kind.network.listen(first->local()), NetworkError);
}

TYPED_TEST(NetworkTest, APortIsTakenAgainWhileItsConnectionsLinger) {
  auto listener = this->kind.network.listen({"127.0.0.1", 0});
  listener->on_accept = [](std::unique_ptr<Stream> stream) { stream->close(); };
  bool closed = false;
  auto caller = this->kind.network.connect("127.0.0.1", listener->local());
  caller->on_closed = [&](std::string_view) { closed = true; };
  this->run([&] { return closed; });
  Address const address = listener->local();
  listener.reset();
  caller.reset();
  EXPECT_NO_THROW((void)this->kind.network.listen(address)) << "who closes first leaves a connection that lingers";
}

struct Arrivals {
  std::vector<std::string> datagrams;
  std::vector<std::size_t> pieces;
  std::string stream;
  Instant ended{};
};

Arrivals send_many(std::uint64_t seed, LoopbackConditions conditions) {
  SimClock clock;
  LoopbackNetwork network(clock, Random(seed), conditions);
  auto const a = network.bind({"127.0.0.1", 0});
  auto const b = network.bind({"127.0.0.1", 0});
  auto const listener = network.listen({"127.0.0.1", 0});
  Arrivals arrivals;
  b->on_octets = [&](Octets const& octets, Address const&) { arrivals.datagrams.push_back(octets); };
  std::unique_ptr<Stream> callee;
  listener->on_accept = [&](std::unique_ptr<Stream> stream) {
    callee = std::move(stream);
    callee->on_octets = [&](std::string_view octets) {
      arrivals.pieces.push_back(octets.size());
      arrivals.stream += octets;
    };
  };
  auto const caller = network.connect("127.0.0.1", listener->local());
  for (int i = 0; i < 100; ++i) {
    a->send(std::to_string(i), b->local());
    caller->send(std::to_string(i) + ",");
  }
  clock.run_until([] { return false; });
  arrivals.ended = clock.now();
  return arrivals;
}

TEST(Loopback, LosesReordersAndSplitsByTheSeedAlone) {
  LoopbackConditions const conditions{.delay = 1ms, .jitter = 5ms, .drop_permille = 200, .split_most = 3};
  auto const once = send_many(7, conditions);
  auto const again = send_many(7, conditions);
  auto const other = send_many(8, conditions);
  EXPECT_EQ(once.datagrams, again.datagrams);
  EXPECT_EQ(once.pieces, again.pieces);
  EXPECT_EQ(once.ended, again.ended);
  EXPECT_NE(once.datagrams, other.datagrams);
  EXPECT_LT(once.datagrams.size(), 95U);
  EXPECT_GT(once.datagrams.size(), 60U);
  EXPECT_FALSE(std::ranges::is_sorted(once.datagrams, {}, [](auto const& text) { return std::stoi(text); }));
  EXPECT_THAT(once.pieces, testing::Each(testing::Le(3U)));
  std::string whole;
  for (int i = 0; i < 100; ++i) whole += std::to_string(i) + ",";
  EXPECT_EQ(once.stream, whole) << "a stream keeps its order and loses nothing";
}

}  // namespace
}  // namespace tollgate
