#include <fmt/format.h>

#include <array>

#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

namespace {

constexpr std::array<std::string_view, 14> lines{"sdp.v", "sdp.o", "sdp.s", "sdp.c", "sdp.t", "sdp.m", "sdp.path", "sdp.setup", "sdp.accept-types",
                                                 "sdp.accept-wrapped-types", "sdp.max-size", "sdp.recvonly", "sdp.connection", "sdp.msrp-cema"};
constexpr std::array<std::string_view, 22> values{
    "", "0", "-1", "1", "*", " ", "99999999999999999999", "IN IP4 0.0.0.0", "IN IP6 ::", "IN IP9 x", "message 0 TCP/MSRP *", "message 65536 TCP/MSRP *",
    "audio 9 RTP/AVP 0", "message 2855 UDP/MSRP *", "msrp://;tcp", "msrp://[::1:1/x;tcp", "msrps://h/x;sctp", "sip:nobody@x", "active passive",
    "text/plain;;;", "\xff\xfe\x01", "%00%0d%0a"};

/// One to three lines of the answer changed, as the seed says.
Amendment mutation(Random& random) {
  Amendment out;
  for (auto left = 1 + random.below(3); left > 0; --left) {
    auto path = fields::parse_path(lines[random.below(lines.size())]);
    auto const how = static_cast<fields::How>(random.below(3));
    out.edits.push_back({how, std::move(*path), std::string(values[random.below(values.size())])});
  }
  return out;
}

}  // namespace

/// with  an INVITE
/// when  its 200 describes the session in a way that the seed has broken
/// then  the SUT delivers to the path that is stated, or gives up with BYE; the client is connected to by nobody else
static Task<void> broken_answer(Bed& bed) {
  auto random = bed.random();
  auto& alice = bed.client("alice");
  auto const reached = co_await reach(bed, PushState::invited, "alice", 1);
  auto const sent = alice.answers(*reached.invite, 200, mutation(random));
  auto const next = co_await alice.receives("SEND|BYE", bed.ixit().msrp_bind + bed.ixit().live);
  alice.answers(next, 200);
  if (next.name == "SEND") alice.answers(co_await alice.receives("BYE", bed.ixit().live), 200);
  alice.sends_options();
  (void)co_await alice.receives("200 OPTIONS", bed.ixit().live);
  bed.require(sent != 0, "not sent", "the 200 to the INVITE could not be sent");
}

static Task<void> broken_answers(Bed& bed) {
  co_await bed.side_by_side(
      bed.ixit().share(500), [](Bed& branch, std::size_t) { return broken_answer(branch); },
      [](std::size_t nth) { return fmt::format("mutation {}", nth + 1); });
}

Case rb_12() {
  return {.info = {.id = "RB-12", .group = "rb", .purpose = "A broken description in the 200 to the INVITE leads to a delivery to the path that it states, or to BYE.",
                   .clause = "RFC 8866 9; RFC 4975 8.2", .strength = "profile", .kind = "invariant",
                   .file = __FILE_NAME__, .line = __LINE__},
          .run = broken_answers};
}

}  // namespace tollgate::deferred_push
