#include "transport/segments.hpp"

#include <gmock/gmock.h>

#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;

class SegmentsTest : public testing::Test {
 protected:
  SegmentsTest() {
    listener->on_accept = [this](std::unique_ptr<Stream> accepted) {
      peer = std::move(accepted);
      peer->on_octets = [this](std::string_view octets) { heard.emplace_back(octets); };
      peer->on_closed = [this](std::string_view) { heard.emplace_back("(closed)"); };
    };
    clock.run_for(10ms);
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  std::unique_ptr<Listener> listener = network.listen({"127.0.0.1", 0});
  SegmentedStream stream{clock, network.connect("127.0.0.1", listener->local())};
  std::unique_ptr<Stream> peer;
  std::vector<std::string> heard;
};

TEST_F(SegmentsTest, WritesInPiecesAndKeepsTheOrder) {
  stream.send("abcde", {.octets = 2});
  stream.send("whole");
  clock.run_for(20ms);
  EXPECT_THAT(heard, ElementsAre("ab", "cd", "e", "whole"));
}

TEST_F(SegmentsTest, HoldsBackForTheNextWrite) {
  stream.send("first ", {.with_next = true});
  clock.run_for(20ms);
  EXPECT_THAT(heard, ElementsAre());
  stream.send("second");
  clock.run_for(20ms);
  EXPECT_THAT(heard, ElementsAre("first second"));
}

TEST_F(SegmentsTest, WritesEverythingBeforeTheEnd) {
  stream.send("abcd", {.octets = 1});
  stream.send("last", {.with_next = true});
  stream.close();
  clock.run_for(20ms);
  EXPECT_THAT(heard, ElementsAre("a", "b", "c", "d", "last", "(closed)"));
}

TEST_F(SegmentsTest, ReadsNothingWhilePaused) {
  peer->pause();
  stream.send("late");
  stream.close();
  clock.run_for(20ms);
  EXPECT_THAT(heard, ElementsAre());
  peer->resume();
  clock.run_for(20ms);
  EXPECT_THAT(heard, ElementsAre("late", "(closed)"));
}

TEST_F(SegmentsTest, ASilentListenerAnswersNoAttempt) {
  auto const silent = network.listen({"127.0.0.1", 0}, Manner::silent);
  auto const caller = network.connect("127.0.0.1", silent->local());
  bool noticed = false;
  caller->on_open = [&] { noticed = true; };
  caller->on_closed = [&](std::string_view) { noticed = true; };
  clock.run_for(1min);
  EXPECT_FALSE(noticed);
}

}  // namespace
}  // namespace tollgate
