#include <fmt/format.h>
#include <numeric>

#include "runner/axes.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/multi/multi.hpp"

namespace tollgate::deferred_push {

static std::uint64_t debited(CreditControl const& ocs) {
  auto const& accounts = ocs.accounts();
  return std::accumulate(accounts.begin(), accounts.end(), std::uint64_t{0},
                         [](std::uint64_t sum, auto const& entry) { return sum + entry.second.debited; });
}

/// The whole push of one user: each SEND gets 200, a 4xx or nothing, after a time of the seed.
static Task<void> answers_at_random(Bed& bed, Random& random, std::size_t k) {
  auto& alice = bed.client("alice");
  constexpr int statuses[] = {200, 200, 200, 413, 400};
  constexpr std::uint64_t longest_ms = 300, outcomes = 6;  // one of six is silence
  for (std::size_t i = 0; i < k; ++i) {
    auto const send = co_await alice.receives("SEND", bed.ixit().msrp_transaction + bed.ixit().live);
    co_await bed.passes(std::chrono::milliseconds(random.below(longest_ms)));
    auto const outcome = random.below(outcomes);
    if (outcome < std::size(statuses)) alice.answers(send, statuses[outcome]);
  }
  auto const bye = co_await alice.receives("BYE", bed.ixit().msrp_transaction + bed.ixit().live);
  alice.answers(bye, 200);
}

/// with  a user with none to five messages
/// when  their SENDs have outcomes of the seed
/// then  the units are those of the declared reading, the credit session ends, and nothing comes to whom nothing was stored
static Task<void> one_user(Bed& bed) {
  auto random = bed.random();
  constexpr std::uint64_t most = 5;
  auto const k = static_cast<unsigned>(random.below(most + 1));
  auto& alice = bed.client("alice");
  if (k == 0) {
    co_await alice.registers();
    if (is_certain(bed.profile(), std::vector<std::string>{"R-ONPENDING"})) co_await bed.ocs().hears_no("reserve_units", bed.ixit().quiet);
    co_return;
  }
  auto const reached = co_await reach(bed, PushState::in_session, "alice", k);
  co_await answers_at_random(bed, random, k);
  Instant const end = bed.clock().now() + bed.ixit().live;
  while (!bed.ocs().is_settled() && bed.clock().now() < end) co_await pause(bed.clock(), bed.ixit().epsilon);
  bed.require(bed.ocs().is_settled(), "still open", "a credit session is still open after the push", {reached.reserve->event});
  bool const counts_all = is_certain(bed.profile(), std::vector<std::string>{"U-SENT"});
  bed.require(!counts_all || debited(bed.ocs()) == k, "wrong units",
              fmt::format("{} units were debited for {} messages sent", debited(bed.ocs()), k), {reached.reserve->event});
}

static Task<void> many_users(Bed& bed) {
  co_await bed.side_by_side(
      bed.ixit().share(200), [](Bed& branch, std::size_t) { return one_user(branch); },
      [](std::size_t nth) { return fmt::format("user {}", nth + 1); });
}

Case ml_08() {
  return {.info = {.id = "ML-08",
                   .group = "ml",
                   .purpose = "Under a load of mixed outcomes every message is delivered, kept or failed for good, and charged so.",
                   .clause = "CR 6.3.2.8 (1-12)",
                   .strength = "flow",
                   .kind = "invariant",
                   .file = __FILE_NAME__,
                   .line = __LINE__},
          .readings = {"R-ONPENDING", "U-SENT"},
          .alone = true,
          .burst = 2s,
          .run = many_users};
}

}  // namespace tollgate::deferred_push
