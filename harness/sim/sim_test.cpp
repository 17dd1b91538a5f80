#include <gmock/gmock.h>
#include <memory>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include "sim/gate.hpp"
#include "sim/later.hpp"
#include "sim/mailbox.hpp"
#include "sim/sim_clock.hpp"
#include "sim/task.hpp"
#include "sim/wall_clock.hpp"

namespace tollgate {
namespace {

using testing::ElementsAre;

TEST(SimClock, JumpsFromTimerToTimerAndFiresEqualTimesInTheOrderTheyWereSet) {
  SimClock clock;
  std::vector<std::string> fired;
  clock.after(30s, [&] { fired.emplace_back("late"); });
  clock.after(1ms, [&] { fired.emplace_back("first"); });
  clock.after(1ms, [&] { fired.emplace_back("second"); });
  auto const cancelled = clock.after(2ms, [&] { fired.emplace_back("never"); });
  clock.cancel(cancelled);
  EXPECT_FALSE(clock.run_until([] { return false; })) << "nothing is left that could end the run";
  EXPECT_THAT(fired, ElementsAre("first", "second", "late"));
  EXPECT_EQ(clock.now(), 30s);
}

TEST(SimClock, RunsForATimeWithAllThatFallsDueInIt) {
  SimClock clock;
  int fired = 0;
  for (auto const at : {1s, 2s, 3s}) clock.after(at, [&] { ++fired; });
  clock.run_for(2s);
  EXPECT_EQ(fired, 2);
  EXPECT_EQ(clock.now(), 2s);
  clock.run_for(10s);
  EXPECT_EQ(fired, 3);
  EXPECT_EQ(clock.now(), 12s);
}

TEST(SimClock, ATimerSetInThePastFiresNow) {
  SimClock clock;
  clock.after(5s, [&] { clock.at(1s, [&] { EXPECT_EQ(clock.now(), 5s); }); });
  clock.run_until([] { return false; });
  EXPECT_EQ(clock.now(), 5s);
}

TEST(WallClock, FiresWhenItsTimeHasComeAndMeasuresItsOwnLag) {
  WallClock clock;
  Instant const start = clock.now();
  bool fired = false;
  clock.after(2ms, [&] { fired = true; });
  EXPECT_TRUE(clock.run_until([&] { return fired; }));
  EXPECT_GE(clock.now() - start, 2ms);
  EXPECT_GE(clock.lag_p99(), Duration::zero());
}

TEST(WallClock, KnowsItsWorstLagSinceATime) {
  WallClock clock;
  EXPECT_EQ(clock.worst_lag({}), Duration::zero());
  auto const busy_until = [&clock](Instant until) {
    while (clock.now() < until) {
    }
  };
  int fired = 0;
  Instant const start = clock.now();
  constexpr Duration late = 100ms;
  Instant due{};
  clock.after(1ms, [&] { busy_until(due + late), ++fired; });
  clock.after(2ms, [&] { ++fired; });
  due = clock.now() + 2ms;
  EXPECT_TRUE(clock.run_until([&] { return fired == 2; }));
  EXPECT_GE(clock.worst_lag(start), late);
  Instant const later = clock.now();
  clock.after(1ms, [&] { ++fired; });
  EXPECT_TRUE(clock.run_until([&] { return fired == 3; }));
  EXPECT_GE(clock.worst_lag(start), late);
  EXPECT_LT(clock.worst_lag(later), clock.worst_lag(start));
}

TEST(WallClock, DoesSlowWorkAsideAndGoesOnInItsTurn) {
  WallClock clock;
  auto const here = std::this_thread::get_id();
  std::thread::id worked, went_on;
  std::vector<int> order;
  std::binary_semaphore may_end{0};
  clock.aside(
      [&] {
        may_end.acquire();
        worked = std::this_thread::get_id();
        order.push_back(1);
      },
      [&] {
        went_on = std::this_thread::get_id();
        order.push_back(2);
      });
  clock.after(1ms, [&] { may_end.release(); });  // would never fire if the work kept the clock waiting
  EXPECT_TRUE(clock.run_until([&] { return order.size() == 2; }));
  EXPECT_NE(worked, here);
  EXPECT_EQ(went_on, here);
}

TEST(SimClock, DoesWorkAsideAtOnce) {
  SimClock clock;
  std::vector<int> order;
  clock.aside([&] { order.push_back(1); }, [&] { order.push_back(2); });
  EXPECT_EQ(order, (std::vector{1, 2}));
}

Task<int> forty_two() {
  co_return 42;
}
Task<int> thrower() {
  throw std::runtime_error("boom");
  co_return 0;
}

TEST(Task, ReturnsValuesAndCarriesExceptions) {
  int value = 0;
  std::string caught;
  TaskScope scope;
  scope.start([](int& out, std::string& error) -> Task<void> {
    out = co_await forty_two();
    try {
      (void)co_await thrower();
    } catch (std::runtime_error const& e) {
      error = e.what();
    }
  }(value, caught));
  EXPECT_EQ(value, 42);
  EXPECT_EQ(caught, "boom");
  EXPECT_TRUE(scope.idle());
}

TEST(Task, EndingTheScopeDestroysWhatItWaitsFor) {
  SimClock clock;
  auto const alive = std::make_shared<int>(1);
  {
    TaskScope scope;
    scope.start([](Clock& c, std::shared_ptr<int> held) -> Task<void> {
      co_await pause(c, 1s);
      ADD_FAILURE() << "resumed after its end " << *held;
    }(clock, alive));
    EXPECT_EQ(alive.use_count(), 2);
  }
  EXPECT_EQ(alive.use_count(), 1);
  EXPECT_FALSE(clock.run_until([] { return false; })) << "the pause's timer went with it";
}

TEST(Mailbox, GivesTheFirstWantedItemAndKeepsTheOthers) {
  SimClock clock;
  Mailbox<int> box(clock);
  std::vector<int> taken;
  TaskScope scope;
  box.push(1);
  scope.start([](Mailbox<int>& b, std::vector<int>& out) -> Task<void> {
    out.push_back((co_await b.take([](int n) { return n % 2 == 0; }, 1s)).value_or(-1));
  }(box, taken));
  box.push(3);
  box.push(4);
  clock.run_until([] { return false; });
  EXPECT_THAT(taken, ElementsAre(4));
  EXPECT_THAT(box.queued(), ElementsAre(1, 3));
}

TEST(Mailbox, GivesNothingWhenTheTimeHasPassed) {
  SimClock clock;
  Mailbox<int> box(clock);
  std::optional<int> got = 7;
  Instant at{};
  TaskScope scope;
  scope.start([](Mailbox<int>& b, Clock& c, std::optional<int>& out, Instant& when) -> Task<void> {
    out = co_await b.pop(250ms);
    when = c.now();
  }(box, clock, got, at));
  clock.run_until([] { return false; });
  EXPECT_EQ(got, std::nullopt);
  EXPECT_EQ(at, 250ms);
}

TEST(Mailbox, APastTimeLooksAtTheQueueAndDoesNotWait) {
  SimClock clock;
  Mailbox<int> box(clock);
  box.push(5);
  std::vector<int> got;
  TaskScope scope;
  scope.start([](Mailbox<int>& b, std::vector<int>& out) -> Task<void> {
    out.push_back((co_await b.pop(-1s)).value_or(-1));
    out.push_back((co_await b.pop(-1s)).value_or(-1));
  }(box, got));
  EXPECT_THAT(got, ElementsAre(5, -1));
}

TEST(Gate, HoldsBackInOrderUntilItOpens) {
  SimClock clock;
  Gate gate(clock);
  std::vector<int> passed;
  gate.close();
  gate.pass([&] { passed.push_back(1); });
  gate.pass([&] { passed.push_back(2); });
  clock.run_until([] { return false; });
  EXPECT_EQ(gate.held(), 2U);
  EXPECT_TRUE(passed.empty());
  gate.open();
  clock.run_until([] { return false; });
  gate.pass([&] { passed.push_back(3); });
  EXPECT_THAT(passed, ElementsAre(1, 2, 3));
}

TEST(Later, RunsWhatIsPostedAndNothingAfterItsEnd) {
  SimClock clock;
  std::vector<int> ran;
  {
    Later later(clock);
    later.post([&] { ran.push_back(1); });
    clock.run_until([&] { return !ran.empty(); });
    later.post([&] { ran.push_back(2); });
  }
  clock.run_until([] { return false; });
  EXPECT_THAT(ran, testing::ElementsAre(1));
}

/// Where nothing waits for it, nothing is left to do; what comes later is heard all the same.
TEST(WallClock, HearsWhatComesBehindAWaitForNothing) {
  WallClock clock;
  clock.run_until([&, until = clock.now() + 1ms] { return clock.now() >= until; });
  bool has_come = false;
  clock.aside([] {}, [&] { has_come = true; });
  clock.run_until([&, until = clock.now() + 10s] { return has_come || clock.now() >= until; });
  EXPECT_TRUE(has_come);
}

}  // namespace
}  // namespace tollgate
