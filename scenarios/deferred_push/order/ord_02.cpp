#include <fmt/format.h>

#include <set>

#include "scenarios/deferred_push/order/order.hpp"
#include "scenarios/deferred_push/preconditions.hpp"

namespace tollgate::deferred_push {

/// with  three deferred messages for alice
/// when  everything is answered at once with success
/// then  there are one reserve, one INVITE, three SENDs with their own Message-IDs and the stored texts, and one BYE;
///       how often the debit comes is the profile's, its sum is G4's
static Task<void> three_messages(Bed& bed) {
  constexpr unsigned k = 3;
  auto& alice = bed.client("alice");
  co_await in_session(bed, k);
  bed.ocs().acts_alone();
  std::set<std::string_view> message_ids;
  std::vector<Received> sends;
  for (unsigned i = 1; i <= k; ++i) {
    sends.push_back(co_await receives_message(bed, i));
    alice.answers(sends.back(), 200);  // step 10
  }
  for (auto const& send : sends) message_ids.insert(send.msrp->value("Message-ID").value_or(""));
  bed.require(message_ids.size() == k, "repeated Message-ID",
              fmt::format("{} messages have {} different Message-IDs", k, message_ids.size()), {sends.back().event});
  (void)co_await bed.ocs().receives("debit_units", bed.ixit().live);       // step 8
  auto const bye = co_await alice.receives("BYE", bed.ixit().live);  // step 11
  alice.answers(bye, 200);                                                 // step 12
  co_await bed.ocs().hears_no("reserve_units", bed.ixit().quiet - bed.since(bye.event));
  co_await alice.hears_no("*", bed.ixit().quiet - bed.since(bye.event));
}

Case ord_02() {
  return {.info = {.id = "ORD-02", .group = "ord",
                   .purpose = "Twelve-step happy path, three messages in one push: every message class as often as it must be.",
                   .clause = "CR 6.3.2.8 (7, 8, 10)", .strength = "flow", .kind = "count", .file = __FILE_NAME__,
                   .line = __LINE__, .detects = {"M13"}},
          .run = three_messages};
}

}  // namespace tollgate::deferred_push
