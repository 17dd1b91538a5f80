#include "scenarios/deferred_push/order/order.hpp"
#include "scenarios/deferred_push/preconditions.hpp"

namespace tollgate::deferred_push {

/// with  three deferred messages, the first two answered 200
/// when  the answer to the third is withheld, for 1 s and for 10 s
/// then  no BYE comes and the connection stays, until it is answered
static Task<void> last_answer_withheld(Bed& bed) {
  constexpr unsigned k = 3;
  // Both holds stay below the time limit of the response, also where a run is scaled.
  for (Duration const hold : {std::min<Duration>(1s, bed.ixit().msrp_transaction / 30),
                              std::min<Duration>(10s, bed.ixit().msrp_transaction / 3)}) {
    bed.renews("alice");
    auto& alice = bed.client("alice");
    co_await in_session(bed, k);
    bed.ocs().acts_alone();
    for (unsigned i = 1; i < k; ++i) alice.answers(co_await receives_message(bed, i), 200);
    auto const last = co_await receives_message(bed, k);
    co_await alice.hears_no("BYE", hold);
    bed.require(alice.has_msrp_connection(), "connection closed",
                "the SUT closed the MSRP connection before its last SEND was answered", {last.event});
    alice.answers(last, 200);                                            // step 10
    auto const bye = co_await alice.receives("BYE", bed.ixit().live);  // step 11
    alice.answers(bye, 200);
  }
}

Case ord_08() {
  return {.info = {.id = "ORD-08", .group = "ord",
                   .purpose = "No BYE and no close while the last MSRP answer is withheld; BYE after its release.",
                   .clause = "CR 6.3.2.8 (10-11)", .strength = "flow", .kind = "causal", .file = __FILE_NAME__,
                   .line = __LINE__, .detects = {"M07"}},
          .run = last_answer_withheld};
}

}  // namespace tollgate::deferred_push
