#include "runner/scenario/repetitions.hpp"

#include <gmock/gmock.h>

namespace tollgate {
namespace {

using namespace std::chrono_literals;
using testing::Optional;
using testing::StrEq;

/// Copies of event #1, which came at 100 ms; timer A of RFC 3261 with T1 = 500 ms.
std::optional<std::string> judged(std::vector<Duration> const& after, Instant until, Duration own_lag = 0ms) {
  std::vector<Transmission> copies;
  for (auto const time : after) copies.push_back({.event = copies.size() + 2, .at = 100ms + time});
  std::vector<Duration> const due{500ms, 1500ms, 3500ms, 7500ms};
  return wrong_repetition({.event = 1, .at = 100ms}, copies, due, 100ms + until, own_lag);
}

TEST(Repetitions, AreDueAtDoublingIntervals) {
  EXPECT_EQ(judged({500ms, 1500ms, 3500ms, 7500ms}, 7750ms), std::nullopt);
  EXPECT_THAT(judged({500ms, 1000ms, 3500ms, 7500ms}, 7750ms),
              Optional(StrEq("#3, a repetition of #1, came 1000.0 ms after it, not 1500.0 ms")));
  EXPECT_THAT(judged({500ms, 1500ms, 3500ms}, 7750ms), Optional(StrEq("#1 was repeated 3 times, not 4")));
  EXPECT_THAT(judged({500ms, 1500ms, 3500ms, 7500ms, 7600ms}, 7750ms), Optional(StrEq("#1 was repeated 5 times, not 4")));
  EXPECT_THAT(judged({}, 7750ms), Optional(StrEq("#1 was repeated 0 times, not 4")));
}

TEST(Repetitions, OfALateTimerMakeTheNextAsMuchLater) {
  EXPECT_EQ(judged({590ms, 1790ms, 3900ms}, 7750ms), std::nullopt) << "the fourth is due at 7.9 s";
  EXPECT_THAT(judged({590ms, 1590ms, 3590ms}, 7750ms), Optional(StrEq("#1 was repeated 3 times, not 4")));
  EXPECT_EQ(judged({590ms, 1790ms, 3900ms, 8000ms}, 9s), std::nullopt);
}

TEST(Repetitions, AreExcusedByTheHarnessesOwnLag) {
  EXPECT_THAT(judged({700ms, 1500ms, 3500ms, 7500ms}, 7750ms),
              Optional(StrEq("#2, a repetition of #1, came 700.0 ms after it, not 500.0 ms")));
  EXPECT_EQ(judged({700ms, 1500ms, 3500ms, 7500ms}, 7750ms, 200ms), std::nullopt);
  EXPECT_EQ(judged({500ms, 1500ms, 3500ms}, 7750ms, 300ms), std::nullopt) << "the fourth may be waiting to be read";
  EXPECT_EQ(judged({500ms, 1500ms, 3500ms, 7500ms, 15500ms}, 15600ms, 8s), std::nullopt) << "we looked at 15.6 s, not at 7.75 s";
}

}  // namespace
}  // namespace tollgate
