#include "scenarios/deferred_push/order/order.hpp"
#include "scenarios/deferred_push/preconditions.hpp"

namespace tollgate::deferred_push {

/// with  a deferred message for alice
/// when  the IM Server has sent the reserve request and its answer is withheld, for a short, a long and almost Tx
/// then  no INVITE reaches alice until the answer has been sent, and one does then
static Task<void> reserve_answer_withheld(Bed& bed) {
  for (Duration const hold : {Duration(50ms), Duration(500ms), bed.ixit().diameter_tx * 8 / 10}) {
    bed.renews("alice");
    auto& alice = bed.client("alice");
    auto const reserve = co_await reserving(bed, 1);                      // steps 1-3
    co_await alice.hears_no("INVITE", hold - bed.since(reserve.event));   // step 4 withheld
    bed.ocs().answers(reserve, {.result = 2001, .granted = 1});           // step 4
    auto const invite = co_await alice.receives("INVITE", bed.ixit().live);  // step 5
    alice.answers(invite, 486);                                           // leaves no dialog behind
  }
}

Case ord_03() {
  return {.info = {.id = "ORD-03", .group = "ord",
                   .purpose = "No INVITE while the reserve answer is withheld; INVITE after its release.",
                   .clause = "CR 6.3.2.8 (3-5); RFC 8506 5.2", .strength = "shall", .kind = "causal",
                   .file = __FILE_NAME__, .line = __LINE__, .detects = {"M01", "M02"}},
          .run = reserve_answer_withheld};
}

}  // namespace tollgate::deferred_push
