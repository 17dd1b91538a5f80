#include <fmt/format.h>

#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

namespace {

constexpr std::uint64_t longest_ms = 400;

Duration some_time(Random& random) { return std::chrono::milliseconds(random.below(longest_ms)); }

/// Good, late, twice, never or broken: what becomes of an answer of ours.
Task<void> client_side(ImClient& alice, Clock& clock, Random random) {
  for (;;) {  // until the flow ends
    auto const request = co_await alice.may_receive("INVITE|SEND|BYE", 1h);
    if (!request) continue;
    auto const fate = random.below(8);
    if (fate < 2) co_await pause(clock, some_time(random));
    if (fate == 2) continue;  // dropped
    int const refusal = request->sip ? 486 : 413;
    auto const sent = alice.answers(*request, fate == 3 && request->name != "BYE" ? refusal : 200);
    if (fate == 4 && sent != 0) alice.repeats(sent);
  }
}

Task<void> charging_side(CreditControl& ocs, Clock& clock, Random random) {
  for (;;) {
    auto const ccr = co_await ocs.may_receive("*", 1h);
    if (!ccr) continue;
    auto const fate = random.below(10);
    if (fate < 3) co_await pause(clock, some_time(random));
    if (fate == 3) continue;
    auto const sent = ocs.answers(*ccr, {.result = fate == 4 && ccr->name == "reserve_units" ? 4012U : 2001U});
    if (fate == 5 && sent != 0) ocs.repeats(sent);
  }
}

/// What the client does by itself.
void acts(ImClient& alice, std::optional<Received> const& invite, Random& random) {
  switch (random.below(8)) {
    case 0: alice.sends_register(); break;
    case 1: alice.sends_register({.expires = 0}); break;
    case 2: alice.sends_options(); break;
    case 3: alice.sends_msrp("REPORT", {}); break;
    case 4: alice.sends_msrp("FOO", {}); break;
    case 5: alice.closes_msrp(random.below(2) == 0); break;
    case 6: if (invite) alice.sends_in(*invite, "BYE", {}); break;
    default: alice.sends_register({}, {.octets = {{"CSeq: ", "CSeq: x"}}}); break;
  }
}

}  // namespace

/// with  up to five messages
/// when  answers come late, twice or never and the client does anything at any time, as the seed says
/// then  what the monitors say holds, and the SUT still serves this user in the end
static Task<void> schedule(Bed& bed) {
  constexpr unsigned steps = 20, most = 5;
  auto random = bed.random();
  auto& alice = bed.client("alice");
  (void)co_await reach(bed, PushState::stored, "alice", 1 + static_cast<unsigned>(random.below(most)));
  bed.ocs().scripts(ch2::Operation::debit_units);
  bed.ocs().scripts(ch2::Operation::close);
  alice.sends_register();
  TaskScope scope;
  scope.start(client_side(alice, bed.clock(), random.fork()));
  scope.start(charging_side(bed.ocs(), bed.clock(), random.fork()));
  for (unsigned i = 0; i < steps; ++i) {
    co_await pause(bed.clock(), some_time(random));
    acts(alice, std::nullopt, random);
  }
  scope.clear();
  bed.ocs().completes();
  alice.winds_up();
  alice.sends_options();
  (void)co_await alice.receives("200 OPTIONS", bed.ixit().live);
}

static Task<void> schedules(Bed& bed) {
  co_await bed.side_by_side(
      bed.ixit().share(500), [](Bed& branch, std::size_t) { return schedule(branch); },
      [](std::size_t nth) { return fmt::format("schedule {}", nth + 1); });
}

Case rb_15() {
  return {.info = {.id = "RB-15", .group = "rb", .purpose = "Whatever is late, repeated, lost or done at the wrong time on SIP, MSRP and CH-2, the monitors hold.",
                   .clause = "CR 6.3.2.8 (1-12)", .strength = "flow", .kind = "invariant", .file = __FILE_NAME__, .line = __LINE__},
          .alone = true, .burst = 2s, .run = schedules};
}

}  // namespace tollgate::deferred_push
