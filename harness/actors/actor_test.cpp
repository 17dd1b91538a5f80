#include "actors/actor.hpp"

#include <algorithm>
#include <gmock/gmock.h>

#include "sim/sim_clock.hpp"

namespace tollgate {
namespace {

using testing::HasSubstr;

/// Hears what a test says.
class Hearer : public Actor {
 public:
  using Actor::Actor;
  trace::EventId hears(std::string name) {
    Received item{.event = recorder_.record({.actor = this->name(), .party = "alice", .note = name}), .name = std::move(name)};
    auto const event = item.event;
    inbox_.push(std::move(item));
    return event;
  }
  void acts_alone() override {}
  void completes() override {}
  void winds_up() override {}
  [[nodiscard]] bool is_settled() const override { return true; }

 private:
  [[nodiscard]] bool is_of(std::string const& party) const override { return party == "alice"; }
};

class ActorTest : public testing::Test {
 protected:
  SimClock clock;
  Recorder recorder{clock};
  Hearer alice{clock, recorder, "alice"};

  /// Of the charging side, unanswered.
  trace::EventId asked() {
    auto const request = recorder.record({.channel = trace::Channel::ch2, .actor = "ocs", .party = "alice", .octets = "CCR"});
    recorder.asked(request);
    return request;
  }
  [[nodiscard]] std::ptrdiff_t said_withheld(trace::EventId request) const {
    return std::ranges::count_if(recorder.trace().events(), [request](trace::Event const& event) {
      return event.kind == trace::Kind::withheld && event.about == request;
    });
  }
};

TEST_F(ActorTest, SaysInWordsWhatMayNotComeAndWhatItWithholds) {
  auto const request = asked();
  TaskScope scope;
  scope.start(alice.hears_no("*", 10s));
  EXPECT_EQ(recorder.waits().newest(), fmt::format("alice: nothing may come for 10.0 s, while the answer to #{}  is withheld", request));
  EXPECT_EQ(recorder.trace().events().back().note, "nothing may come for 10.0 s");
  clock.run_until([&] { return scope.idle(); });
  EXPECT_EQ(recorder.waits().newest(), "");
  EXPECT_EQ(said_withheld(request), 1);
}

/// What breaks a silence may have come before anybody looked.
TEST_F(ActorTest, TheTraceSaysWhatWasWithheldWhenAMessageWasThereAlready) {
  auto const request = asked();
  alice.hears("INVITE");
  EXPECT_EQ(said_withheld(request), 0);
  CaseStopped stopped;
  TaskScope scope;
  scope.start([](Actor& actor, CaseStopped& out) -> Task<void> {
    try {
      co_await actor.hears_no("INVITE", 1s);
    } catch (CaseStopped const& why) {
      out = why;
    }
  }(alice, stopped));
  clock.run_until([&] { return scope.idle(); });
  EXPECT_EQ(stopped.reason, "unexpected INVITE");
  EXPECT_THAT(stopped.because, HasSubstr(fmt::format("while the answer to #{}", request)));
  EXPECT_EQ(said_withheld(request), 1);
  recorder.answered(request);
  EXPECT_EQ(recorder.trace().events().back().kind, trace::Kind::released);
}

TEST(Labels, AreSpokenInWords) {
  EXPECT_EQ(spoken("*"), "any message");
  EXPECT_EQ(spoken("* REGISTER"), "a final response to REGISTER");
  EXPECT_EQ(spoken("SEND|BYE"), "SEND or BYE");
  EXPECT_EQ(spoken_none("*"), "nothing");
  EXPECT_EQ(spoken_none("INVITE|closed"), "no INVITE or end of a connection");
}

}  // namespace
}  // namespace tollgate
