#include "runner/pulse.hpp"

#include <gmock/gmock.h>

#include "codec/sip/response.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;

class PulseTest : public testing::Test {
 protected:
  PulseTest() {
    ixit.sut_sip = sut->local();
    sut->on_octets = [this](Octets const& octets, Address const& from) {
      ++heard;
      auto const request = sip::Message::parse(octets);
      if (alive) sut->send(sip::response_to(*request, 503, "t").write(), from);
    };
    pulse.on_dead = [this](std::string const& how) { death = how; };
    pulse.on_alive = [this] { ++answers; };
  }
  void settle() {
    clock.run_until([&] { return !pulse.is_asking() && (answers > 0 || !death.empty()); });
  }

  SimClock clock;
  LoopbackNetwork network{clock, Random(1)};
  std::unique_ptr<Datagrams> sut = network.bind({"127.0.0.1", 5060});
  Ixit ixit;
  Recorder recorder{clock};
  Pulse pulse{clock, network, ixit, recorder, Random(2)};
  bool alive = true;
  int heard = 0;
  int answers = 0;
  std::string death;
};

TEST_F(PulseTest, AnyAnswerIsLife) {
  pulse.ask("for a test");
  pulse.ask("for a test");
  settle();
  EXPECT_EQ(heard, 1) << "one question at a time";
  EXPECT_EQ(death, "");
}

TEST_F(PulseTest, SilenceIsDeathAndSaysWhoWasAskedAndWhy) {
  alive = false;
  pulse.ask("after its last Diameter connection had ended");
  settle();
  EXPECT_EQ(answers, 0);
  EXPECT_THAT(death, HasSubstr("3 OPTIONS at udp 127.0.0.1:5060 within 3.0 s, after its last Diameter connection had ended"));
  heard = 0;
  pulse.ask("again");
  EXPECT_FALSE(pulse.is_asking()) << "it is known to be dead";
}

TEST_F(PulseTest, WhoIsNotThereHasEnded) {
  alive = false;
  std::string absence;
  pulse.on_absent = [&](std::string const& how) { absence = how; };
  pulse.is_absent = [this]() -> Task<bool> {
    co_await pause(clock, 5ms);
    co_return true;
  };
  TaskScope scope;
  scope.start(pulse.asked("for a test"));
  clock.run_until([&] { return scope.idle() && !absence.empty(); });
  EXPECT_THAT(absence, HasSubstr("no answer to 3 OPTIONS at udp 127.0.0.1:5060 within 3.0 s, for a test"));
  EXPECT_EQ(death, "") << "one of them is told";
}

TEST_F(PulseTest, WhoAsksWaitsForTheAnswer) {
  TaskScope scope;
  scope.start(pulse.asked("for a test"));
  EXPECT_FALSE(scope.idle());
  clock.run_until([&] { return scope.idle(); });
  EXPECT_EQ(answers, 1);
}

/// As where a process may open no more files.
class NoSockets final : public Network {
 public:
  std::unique_ptr<Datagrams> bind(Address const& /*local*/) override { throw NetworkError("too many open files"); }
  std::unique_ptr<Listener> listen(Address const& /*local*/, Manner /*manner*/) override { throw NetworkError("too many open files"); }
  std::unique_ptr<Stream> connect(std::string const& /*from*/, Address const& /*to*/, Manner /*manner*/) override { return nullptr; }
};

TEST_F(PulseTest, AQuestionThatWeCannotAskIsNoDeath) {
  NoSockets none;
  Pulse mute{clock, none, ixit, recorder, Random(2)};
  mute.on_dead = pulse.on_dead;
  TaskScope scope;
  scope.start(mute.asked("for a test"));
  Instant const patience = clock.now() + 60s;
  clock.run_until([&] { return scope.idle() || clock.now() >= patience; });
  EXPECT_TRUE(scope.idle());
  EXPECT_EQ(death, "");
  EXPECT_THAT(mute.could_not_ask(), HasSubstr("too many open files"));
}

}  // namespace
}  // namespace tollgate
