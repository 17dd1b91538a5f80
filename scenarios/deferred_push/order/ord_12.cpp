#include <fmt/format.h>

#include "runner/claims.hpp"
#include "runner/push_state.hpp"
#include "scenarios/deferred_push/order/order.hpp"

namespace tollgate::deferred_push {

/// The wait for the debit, with the text that a server of another reading deserves.
static Task<Received> debit_before_release(Bed& bed, Received const& last) {
  auto debit = co_await bed.ocs().may_receive("debit_units", bed.ixit().quiet);
  if (debit) co_return std::move(*debit);
  throw CaseStopped{
      Verdict::fail,
      "missing debit_units",
      fmt::format("the 200 to #{} SEND, the last one, was withheld for {:.1f} ms and no debit came. A server that debits once "
                  "after all outcomes (D-ALL) is allowed by the bundles CR-ALL and 3GPP-ECUR, not by TWELVE-STEP",
                  last.event, static_cast<double>(bed.ixit().quiet.count()) / 1e6),
      {last.event}};
}

/// with  k deferred messages, all but the last answered 200
/// when  the 200 to the last is withheld
/// then  a debit with used units arrives before it is released
static Task<void> final_200_withheld(Bed& bed) {
  for (unsigned const k : {2U, 3U, 5U}) {
    bed.renews("alice");
    auto& alice = bed.client("alice");
    (void)co_await reach(bed, PushState::in_session, "alice", k);
    for (unsigned i = 1; i < k; ++i) alice.answers(co_await alice.receives("SEND", bed.ixit().live), 200);
    auto const last = co_await alice.receives("SEND", bed.ixit().live);
    bed.recorder().withholds_all("the final MSRP 200 is withheld", alice.name());
    auto const debit = co_await debit_before_release(bed, last);  // step 8
    bed.require(debit.charge->used.value_or(0) > 0, "no used units", fmt::format("#{} debit_units reports no used units", debit.event),
                {debit.event});
    bed.ocs().answers(debit);  // step 9
    bed.ocs().acts_alone();
    alice.answers(last, 200);                                            // step 10
    auto const bye = co_await alice.receives("BYE", bed.ixit().live);  // step 11
    alice.answers(bye, 200);
  }
}

Case ord_12() {
  return {.info = {.id = "ORD-12",
                   .group = "ord",
                   .purpose = "The debit is requested before the final MSRP 200 is confirmed, with several messages.",
                   .clause = "CR 6.3.2.8 (8, 10) and its note",
                   .strength = "flow",
                   .kind = "causal",
                   .file = __FILE_NAME__,
                   .line = __LINE__,
                   .detects = {"M106"}},
          .bundles = {"TWELVE-STEP", "CR-FIRST", "CR-EACH", "CR-NOTE"},
          .ambiguity = "Step 8 is numbered before step 10 but triggered by its message; with several messages the order shows.",
          .needs = {std::string(claim_msrp_peer)},
          .run = final_200_withheld};
}

}  // namespace tollgate::deferred_push
