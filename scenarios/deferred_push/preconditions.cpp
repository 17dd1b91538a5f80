#include "scenarios/deferred_push/preconditions.hpp"

#include <fmt/format.h>

namespace tollgate::deferred_push {

std::string text(unsigned i) { return fmt::format("message {}", i); }

Task<Received> reserving(Bed& bed, unsigned k) {
  for (unsigned i = 1; i <= k; ++i) co_await bed.deposit("alice", text(i));
  co_await bed.client("alice").registers();                                    // steps 1-2
  co_return co_await bed.ocs().receives("reserve_units", bed.ixit().live);  // step 3
}

Task<Received> invited(Bed& bed, unsigned k) {
  auto const reserve = co_await reserving(bed, k);
  bed.ocs().answers(reserve, {.result = 2001, .granted = k});                       // step 4
  co_return co_await bed.client("alice").receives("INVITE", bed.ixit().live);  // step 5
}

Task<void> in_session(Bed& bed, unsigned k) {
  auto const invite = co_await invited(bed, k);
  bed.client("alice").answers(invite, 200);  // step 6
  (void)co_await bed.client("alice").receives("ACK", bed.ixit().live);
}

Task<Received> receives_message(Bed& bed, unsigned i) {
  auto send = co_await bed.client("alice").receives("SEND", bed.ixit().live);  // step 7
  bed.require(send.content == text(i), "wrong content",
              fmt::format("#{} SEND carries '{}', not the stored '{}'", send.event, printable(send.content, 80), text(i)),
              {send.event});
  co_return send;
}

}  // namespace tollgate::deferred_push
