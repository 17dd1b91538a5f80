#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runner/axes.hpp"
#include "runner/claims.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/debit/debit.hpp"
#include "scenarios/deferred_push/debit/debit_timing.hpp"

namespace tollgate::deferred_push {

using rules::DebitTiming;

/// The debits of that time, as how many answers had been given.
static Task<void> note_debits(Bed& bed, Duration during, std::size_t answered, std::vector<std::size_t>& answered_before) {
  Instant const end = bed.clock().now() + during;
  while (co_await bed.ocs().may_receive("debit_units", end - bed.clock().now())) answered_before.push_back(answered);
}

/// A push whose SENDs get these answers, in an order of the seed and `live` apart, so that each debit falls between two of
/// them: which reading the server follows.
static Task<DebitTiming> timing_of(Bed& bed, std::vector<int> statuses) {
  auto const k = statuses.size();
  auto& alice = bed.client("alice");
  auto random = bed.random();
  (void)co_await reach(bed, PushState::in_session, "alice", static_cast<unsigned>(k));
  std::vector<Received> waiting;
  std::vector<std::size_t> answered_before;
  trace::EventId last = 0;
  for (std::size_t answered = 0; answered < k; ++answered) {
    if (waiting.empty()) waiting.push_back(co_await alice.receives("SEND", bed.ixit().live));
    co_await note_debits(bed, bed.ixit().live, answered, answered_before);
    while (auto more = co_await alice.may_receive("SEND", Duration::zero())) waiting.push_back(std::move(*more));
    auto const chosen = waiting.begin() + static_cast<std::ptrdiff_t>(random.below(waiting.size()));
    last = alice.answers(*chosen, statuses[answered]);  // step 10
    waiting.erase(chosen);
  }
  co_await note_debits(bed, bed.ixit().live, k, answered_before);
  alice.answers(co_await alice.receives("BYE", bed.ixit().live), 200);  // steps 11 and 12
  auto const timing = classify(answered_before, k);
  bed.require_in_time(
      timing.has_value(), "no debit timing",
      fmt::format("{} debits came, after {} of {} answers: that is none of D-PRE, D-FIRST, D-EACH and D-ALL", answered_before.size(),
                  answered_before.empty() ? "none" : fmt::format("{}", fmt::join(answered_before, ", ")), k),
      {last});
  co_return timing.value_or(DebitTiming::any);
}

/// with  three deferred messages
/// when  the answers to their SENDs are given one after the other
/// then  the debits come as one of the four readings has them, and as one that the SUT may have by its declaration
static Task<void> discovers(Bed& bed) {
  std::string const timing(axis_value(co_await timing_of(bed, {200, 200, 200})));
  bed.require_in_time(
      is_possible(bed.profile(), std::vector{timing}), "other debit timing",
      fmt::format("the SUT debits as {}, and the profile is {}", timing, fmt::join(possible(bed.profile(), "D-FIRST"), " or ")));
}

/// with  pushes of three, two and five messages and with other outcomes in other orders
/// then  the reading is the same each time
static Task<void> is_stable(Bed& bed) {
  auto const first = co_await timing_of(bed, {200, 200, 200});
  for (auto const& statuses :
       {std::vector{200, 413}, std::vector{400, 200}, std::vector{200, 423, 200, 408, 200}, std::vector{403, 413, 200, 200, 400}}) {
    bed.renews("alice");
    auto const again = co_await timing_of(bed, statuses);
    bed.require_in_time(again == first, "unstable debit timing",
                        fmt::format("with the answers {} the server debits as {}, with three times 200 as {}", fmt::join(statuses, ", "),
                                    axis_value(again), axis_value(first)));
  }
}

Case dbt_12() {
  return {.info = {.id = "DBT-12",
                   .group = "dbt",
                   .purpose = "With several messages the debits come as one of the readings D-PRE, D-FIRST, D-EACH and D-ALL has them.",
                   .clause = "CR 6.3.2.8 (8, 10) and its note",
                   .strength = "profile",
                   .kind = "order",
                   .file = __FILE_NAME__,
                   .line = __LINE__,
                   .detects = {"M05", "M182"}},
          .ambiguity = "Step 8 is numbered before step 10 but triggered by its message; what several messages make of that is the reading.",
          .readings = {"D-PRE", "D-FIRST", "D-EACH", "D-ALL"},
          .needs = {std::string(claim_msrp_peer)},
          .run = discovers};
}

Case dbt_13() {
  return {.info = {.id = "DBT-13",
                   .group = "dbt",
                   .purpose = "The debit timing of a server is the same whatever the number of messages, the outcomes and their order.",
                   .clause = "CR 6.3.2.8 (8)",
                   .strength = "profile",
                   .kind = "count",
                   .file = __FILE_NAME__,
                   .line = __LINE__},
          .needs = {std::string(claim_msrp_peer)},
          .run = is_stable};
}

}  // namespace tollgate::deferred_push
