#include <algorithm>
#include <fmt/format.h>

#include "runner/push_state.hpp"
#include "scenarios/deferred_push/race/race.hpp"

namespace tollgate::deferred_push {

/// Answers what comes, each after up to `most`.
static Task<void> answers_late(CreditControl& ocs, Clock& clock, Random random, Duration most) {
  for (;;) {  // until the flow ends
    auto const ccr = co_await ocs.may_receive("debit_units|close", 1h);
    co_await pause(clock, Duration(random.below(static_cast<std::uint64_t>(most.count()))));
    if (ccr) ocs.answers(*ccr);
  }
}
static Task<void> answers_late(ImClient& client, Clock& clock, Random random, Duration most) {
  for (;;) {
    auto const request = co_await client.may_receive("SEND|BYE", 1h);
    co_await pause(clock, Duration(random.below(static_cast<std::uint64_t>(most.count()))));
    if (request) client.answers(*request, 200);
  }
}

/// with  two deferred messages and both ends slow, each by times of the seed
/// when  the client hangs up at a time of the seed as well
/// then  dialog and credit session end; what must hold in any interleaving is the monitors' to say
static Task<void> crossing(Bed& bed) {
  constexpr Duration answers_within = 100ms, hangs_up_within = 400ms;
  auto random = bed.random();
  auto& alice = bed.client("alice");
  auto const reached = co_await reach(bed, PushState::in_session, "alice", 2);
  bed.ocs().scripts(ch2::Operation::debit_units);
  bed.ocs().scripts(ch2::Operation::close);
  TaskScope scope;
  scope.start(answers_late(bed.ocs(), bed.clock(), random.fork(), answers_within));
  scope.start(answers_late(alice, bed.clock(), random.fork(), answers_within));
  co_await bed.passes(Duration(random.below(static_cast<std::uint64_t>(Duration(hangs_up_within).count()))));
  alice.sends_in(*reached.invite, "BYE", {});
  Instant const end = bed.clock().now() + 2 * bed.ixit().live;
  auto const is_settled = [&] { return alice.is_settled() && bed.ocs().is_settled(); };
  while (!is_settled() && bed.clock().now() < end) co_await pause(bed.clock(), bed.ixit().epsilon);
  bed.require_in_time(is_settled(), "still open", "the dialog or the credit session is still open long after the client's BYE",
                      {reached.invite->event});
}

/// So many side by side that what lies in sockets is read at once: more would say nothing of the order in which it came.
static Task<void> crossings(Bed& bed) {
  constexpr std::size_t at_once = 40;
  auto const all = bed.ixit().share(200);
  for (std::size_t first = 0; first < all; first += at_once)
    co_await bed.side_by_side(
        std::min(at_once, all - first), [](Bed& branch, std::size_t) { return crossing(branch); },
        [first](std::size_t nth) { return fmt::format("schedule {}", first + nth + 1); });
}

Case rc_11() {
  return {.info = {.id = "RC-11",
                   .group = "rc",
                   .purpose = "Debit answers, BYEs of both sides and their 200s cross in any order and leave nothing open.",
                   .clause = "CR 6.3.2.8 (8-12)",
                   .strength = "flow",
                   .kind = "invariant",
                   .file = __FILE_NAME__,
                   .line = __LINE__,
                   .detects = {"M182"}},
          .alone = true,
          .heavy = true,
          .burst = 3s,
          .run = crossings};
}

}  // namespace tollgate::deferred_push
