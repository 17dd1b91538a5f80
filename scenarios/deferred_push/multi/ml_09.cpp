#include <algorithm>
#include <fmt/format.h>

#include "runner/push_state.hpp"
#include "scenarios/deferred_push/multi/multi.hpp"

namespace tollgate::deferred_push {

/// A push of one message; every tenth one goes wrong, each in another way. How long it took from REGISTER to INVITE.
static Task<Duration> one_push(Bed& bed, unsigned nth) {
  bed.renews("alice");
  auto& alice = bed.client("alice");
  constexpr unsigned every = 10, ways = 3;
  auto const reached = co_await reach(bed, PushState::invited, "alice", 1);
  auto const& trace = bed.recorder().trace();
  Duration const took(trace.at(reached.invite->event).at_ns - trace.at(reached.registers).at_ns);
  unsigned const way = nth % every == 0 ? 1 + nth / every % ways : 0;
  if (way == 1) {  // refused
    alice.answers(*reached.invite, 486);
    co_return took;
  }
  alice.answers(*reached.invite, 200);
  auto const send = co_await alice.receives("SEND", bed.ixit().live);
  if (way == 2)
    alice.closes_msrp(true);
  else
    alice.answers(send, way == 3 ? 413 : 200);
  alice.answers(co_await alice.receives("BYE", bed.ixit().live), 200);
  co_return took;
}

static Duration median(std::vector<Duration> of) {
  auto const middle = of.begin() + static_cast<std::ptrdiff_t>(of.size() / 2);
  std::ranges::nth_element(of, middle);
  return *middle;
}

/// Where another program carries CH-2, its segments may wait for an acknowledgement that is delayed (RFC 9293 3.8.6.3; 200 ms at most on
/// the systems in use).
static Duration slack(Bed& bed) {
  constexpr Duration delayed_acknowledgement = 200ms;
  return bed.ixit().epsilon + (bed.claims().contains(claim_charging_peer) ? Duration::zero() : delayed_acknowledgement);
}

/// with  one push after the other, of fresh users, most of them good
/// when  many have been
/// then  the last tenth is as quick as the first; it holds no more files and hardly more memory, of which G14 judges
static Task<void> soak(Bed& bed) {
  auto const pushes = bed.ixit().share(bed.ixit().soak);
  bool const counts_files = bed.ixit().sip_transport == trace::Transport::udp;  // over TCP each client holds a connection of the SUT's
  std::vector<Duration> took;
  for (unsigned nth = 1; nth <= pushes; ++nth) {
    took.push_back(co_await one_push(bed, nth));
    bool const is_first_tenth = nth == std::max(1U, pushes / 10);
    if (is_first_tenth || nth == pushes) {
      co_await bed.passes(bed.ixit().live);  // for what it closes a little later
      bed.measures(counts_files);
    }
  }
  auto const tenth = static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, took.size() / 10));
  auto const first = median({took.begin(), took.begin() + tenth});
  auto const last = median({took.end() - tenth, took.end()});
  constexpr int slower = 3;
  auto const ms = [](Duration d) { return std::chrono::duration<double, std::milli>(d).count(); };
  bed.require_in_time(
      last <= slower * first + slack(bed), "slower at the end",
      fmt::format("from REGISTER to INVITE it took {:.1f} ms at first, {:.1f} ms after {} pushes", ms(first), ms(last), pushes));
}

Case ml_09() {
  return {
      .info =
          {.id = "ML-09",
           .group = "ml",
           .purpose =
               "After many pushes, one in ten of which goes wrong, the server is as quick as at first, and holds no more files and memory.",
           .clause = "CR 6.3.2.8 (1-12)",
           .strength = "profile",
           .kind = "invariant",
           .file = __FILE_NAME__,
           .line = __LINE__,
           .detects = {"M205"},
           .not_built = "200 pushes are played, not 10 000, which take longer than the longest wait of the suite and more descriptors than "
                        "most machines give: [load] soak plays more."},
      .alone = true,
      .heavy = true,
      .burst = 1s,
      .run = soak};
}

}  // namespace tollgate::deferred_push
