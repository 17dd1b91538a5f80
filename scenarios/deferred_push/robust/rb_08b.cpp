#include <algorithm>

#include "runner/claims.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/robust/robust.hpp"

namespace tollgate::deferred_push {

/// The first chunk of a message whose rest never comes.
static Amendment unfinished() {
  Amendment out;
  for (auto const& [field, value] : {std::pair("msrp.Byte-Range", "1-5/10"), std::pair("msrp.cnt.flg", "+")})
    out.edits.push_back({fields::How::set, *fields::parse_path(field), value});
  return out;
}

/// with  a push whose message has come and is not answered
/// when  the client begins ten thousand messages of its own and ends none
/// then  the push is confirmed and ends as ever, or has ended before, and the SUT serves others
static Task<void> begins_messages(Bed& bed) {
  constexpr unsigned whole = 10'000, percent = 100, at_once = 100;
  unsigned const messages = std::max(at_once, whole * bed.ixit().load_percent / percent);
  auto& alice = bed.client("alice");
  auto const reached = co_await reach(bed, PushState::sending, "alice", 1);
  bed.measures();
  bool refused = false;
  for (unsigned sent = 0; sent < messages && !refused; ++sent) {
    if (alice.sends_msrp("SEND", unfinished()) == 0) refused = true;
    if (sent % at_once == at_once - 1) co_await pause(bed.clock(), bed.ixit().epsilon);  // for the SUT to read
  }
  bed.measures();
  alice.winds_up();
  if (!refused) (void)alice.answers(*reached.send, 200);
  (void)co_await bed.ocs().receives("TERMINATION", bed.ixit().msrp_transaction + bed.ixit().live);
  auto const next = co_await reach(bed, PushState::invited, "carol", 1);
  bed.client("carol").answers(*next.invite, 486);
}

Case rb_08b() {
  return {.info = {.id = "RB-08b",
                   .group = "rb",
                   .purpose = "Ten thousand messages that are begun and never ended on the MSRP session harm nobody.",
                   .clause = "RFC 4975 7.3.1, 14.5",
                   .strength = "profile",
                   .kind = "live",
                   .file = __FILE_NAME__,
                   .line = __LINE__,
                   .detects = {"M206"}},
          .needs = {std::string(claim_msrp_peer)},
          .heavy = true,
          .burst = 1s,
          .run = begins_messages};
}

}  // namespace tollgate::deferred_push
