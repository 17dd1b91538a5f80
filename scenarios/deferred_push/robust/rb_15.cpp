#include <algorithm>
#include <fmt/format.h>

#include "codec/diameter/message.hpp"
#include "runner/claims.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

namespace {

constexpr std::uint64_t longest_ms = 400;

bool is_in(std::string_view written, std::string_view field, std::size_t at) {
  auto const begin = written.find(field), end = written.find("\r\n", begin + 2);
  return begin != std::string_view::npos && at >= begin && at < end;
}

/// Where an octet may be broken: not in a Contact, for what follows would go where nobody sees it; not in the To of a REGISTER, which would
/// be another user's; and of an MSRP message in the value of a field only, for the SUT would close the connection, or take all that
/// follows for a part of it.
bool may_break(std::string_view written, std::size_t at) {
  if (written.starts_with("MSRP ")) {
    auto const line = written.rfind('\n', at), colon = written.find(": ", line), end = written.find('\r', at);
    return line != std::string_view::npos && colon != std::string_view::npos && colon + 1 < at && end > at && end != std::string_view::npos;
  }
  return !is_in(written, "\r\nContact:", at) && !(written.starts_with("REGISTER ") && is_in(written, "\r\nTo:", at));
}

/// One octet another one.
Amendment broken(Random random) {
  return {.rewrite = [random](Octets written) mutable {
    auto const at = random.below(std::max<std::size_t>(1, written.size()));
    auto const octet = static_cast<char>(random.below(256));
    bool const ends_line = octet == '\r' || octet == '\n';
    if (at < written.size() && !ends_line && may_break(written, at)) written[at] = octet;
    return written;
  }};
}

/// One octet of the data of one AVP another one: the connection, which all flows share, goes on.
Amendment broken_avp(Random random) {
  return {.rewrite = [random](Octets written) mutable {
    auto cca = diameter::Message::parse(written);
    if (!cca || cca->avps.empty()) return written;
    auto& data = cca->avps[random.below(cca->avps.size())].data;
    if (!data.empty()) data[random.below(data.size())] = static_cast<char>(random.below(256));
    return cca->write();
  }};
}

Duration some_time(Random& random) {
  return std::chrono::milliseconds(random.below(longest_ms));
}

/// Good, late, twice, never or broken: what becomes of an answer of ours. `invite` is the last one that was accepted.
Task<void> client_side(ImClient& alice, Clock& clock, Random random, std::optional<Received>& invite) {
  for (;;) {  // until the flow ends
    auto const request = co_await alice.may_receive("INVITE|SEND|BYE", 1h);
    if (!request) continue;
    auto const fate = random.below(8);
    if (fate < 2) co_await pause(clock, some_time(random));
    if (fate == 2) continue;  // dropped
    int const refusal = request->sip ? 486 : 413;
    auto const sent =
        alice.answers(*request, fate == 3 && request->name != "BYE" ? refusal : 200, fate == 5 ? broken(random.fork()) : Amendment{});
    if (fate == 4 && sent != 0) alice.repeats(sent);
    if (request->name == "INVITE" && fate != 3 && sent != 0) invite = request;
  }
}

Task<void> charging_side(CreditControl& ocs, Clock& clock, Random random) {
  for (;;) {
    auto const ccr = co_await ocs.may_receive("*", 1h);
    if (!ccr) continue;
    auto const fate = random.below(10);
    if (fate < 3) co_await pause(clock, some_time(random));
    if (fate == 3) continue;
    auto const sent = ocs.answers(*ccr, {.result = fate == 4 && ccr->name == "reserve_units" ? 4012U : 2001U},
                                  fate == 6 ? broken_avp(random.fork()) : Amendment{});
    if (fate == 5 && sent != 0) ocs.repeats(sent);
  }
}

void sends_broken(ImClient& alice, Random& random) {
  switch (random.below(4)) {
    case 0: alice.sends_register({}, broken(random.fork())); break;
    case 1: alice.sends("OPTIONS", broken(random.fork())); break;
    case 2: alice.sends_msrp("SEND", broken(random.fork())); break;
    default: alice.sends_msrp("REPORT", broken(random.fork())); break;
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
    case 6:
      if (invite) alice.sends_in(*invite, "BYE", {});
      break;
    default: sends_broken(alice, random); break;
  }
}

/// The SUT serves her still. What we broke last may have taken its connection along, and what went out behind it (RFC 3261 18.3):
/// over one the SUT is asked once more.
Task<void> is_served(Bed& bed, ImClient& alice) {
  alice.sends_options();
  bool const on_connection = bed.ixit().sip_transport != trace::Transport::udp;
  if (on_connection && co_await alice.may_receive("200 OPTIONS", bed.ixit().live)) co_return;
  if (on_connection) alice.sends_options();
  (void)co_await alice.receives("200 OPTIONS", bed.ixit().live);
}

}  // namespace

/// with  up to five messages
/// when  answers come late, twice, broken or never and the client does anything at any time, broken too, as the seed says
/// then  what the monitors say holds, and the SUT still serves this user in the end
static Task<void> schedule(Bed& bed) {
  constexpr unsigned steps = 20, most = 5;
  auto random = bed.random();
  auto& alice = bed.client("alice");
  (void)co_await reach(bed, PushState::stored, "alice", 1 + static_cast<unsigned>(random.below(most)));
  bed.ocs().scripts(ch2::Operation::debit_units);
  bed.ocs().scripts(ch2::Operation::close);
  alice.sends_register();
  std::optional<Received> invite;
  TaskScope scope;
  scope.start(client_side(alice, bed.clock(), random.fork(), invite));
  scope.start(charging_side(bed.ocs(), bed.clock(), random.fork()));
  for (unsigned i = 0; i < steps; ++i) {
    co_await bed.passes(some_time(random));
    acts(alice, invite, random);
  }
  scope.clear();
  bed.ocs().completes();
  alice.winds_up();
  co_await is_served(bed, alice);
}

static Task<void> schedules(Bed& bed) {
  co_await bed.side_by_side(
      bed.ixit().share(bed.ixit().schedules), [](Bed& branch, std::size_t) { return schedule(branch); },
      [](std::size_t nth) { return fmt::format("schedule {}", nth + 1); });
}

Case rb_15() {
  return {
      .info = {.id = "RB-15",
               .group = "rb",
               .purpose = "Whatever is late, repeated, lost, broken or done at the wrong time on SIP, MSRP and CH-2, the monitors hold.",
               .clause = "CR 6.3.2.8 (1-12)",
               .strength = "flow",
               .kind = "invariant",
               .file = __FILE_NAME__,
               .line = __LINE__,
               .detects = {"M62"},
               .not_built = "A failure is not reduced to a minimal trace: its seed and number play it again."},
      .needs = {std::string(claim_sip_peer), std::string(claim_msrp_peer)},  // what it breaks a proxy reads first
      .alone = true,
      .heavy = true,
      .burst = 2s,
      .run = schedules};
}

}  // namespace tollgate::deferred_push
