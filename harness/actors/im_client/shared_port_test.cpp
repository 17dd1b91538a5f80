#include "actors/im_client/shared_port.hpp"

#include <gmock/gmock.h>

#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;

std::string send_for(std::string const& session) {
  return "MSRP tid1 SEND\r\nTo-Path: msrp://127.0.0.1:9/" + session +
         ";tcp\r\nFrom-Path: msrp://h:1/s;tcp\r\nMessage-ID: m\r\n-------tid1$\r\n";
}

/// One end of a session: what it hears.
struct Session {
  explicit Session(std::unique_ptr<Listener> at) : listener(std::move(at)) {
    listener->on_accept = [this](std::unique_ptr<Stream> accepted) {
      stream = std::move(accepted);
      stream->on_octets = [this](std::string_view octets) { heard.emplace_back(octets); };
      stream->on_closed = [this](std::string_view) { heard.emplace_back("(closed)"); };
    };
  }
  std::unique_ptr<Listener> listener;
  std::unique_ptr<Stream> stream;
  std::vector<std::string> heard;
};

class SharedPortTest : public testing::Test {
 protected:
  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  SharedPort port{network, "127.0.0.1"};
  Session a{port.listener_for("a")}, b{port.listener_for("b")};
  std::unique_ptr<Stream> sut = network.connect("127.0.0.1", a.listener->local());
};

TEST_F(SharedPortTest, TellsTheSessionsOfOneConnectionApart) {
  EXPECT_EQ(a.listener->local(), b.listener->local());
  sut->send(send_for("b") + send_for("nobody") + send_for("a"));
  clock.run_for(1ms);
  EXPECT_THAT(a.heard, ElementsAre(send_for("a")));
  EXPECT_THAT(b.heard, ElementsAre(send_for("b")));
  std::string answer;
  sut->on_octets = [&](std::string_view octets) { answer += octets; };
  a.stream->send("to the SUT");
  clock.run_for(1ms);
  EXPECT_EQ(answer, "to the SUT");
}

TEST_F(SharedPortTest, AConnectionEndsForAllItsSessionsAndWithTheLastOfThem) {
  bool closed = false;
  sut->on_closed = [&](std::string_view) { closed = true; };
  sut->send(send_for("a") + send_for("b"));
  clock.run_for(1ms);
  a.stream->close();
  clock.run_for(1ms);
  EXPECT_FALSE(closed);
  b.stream->close();
  clock.run_for(1ms);
  EXPECT_TRUE(closed);
}

TEST_F(SharedPortTest, TheEndOfAConnectionIsHeardByAll) {
  sut->send(send_for("a") + send_for("b"));
  clock.run_for(1ms);
  sut->close();
  clock.run_for(1ms);
  EXPECT_EQ(a.heard.back(), "(closed)");
  EXPECT_EQ(b.heard.back(), "(closed)");
}

}  // namespace
}  // namespace tollgate
