#include "scenarios/deferred_push/debit/debit.hpp"

#include <fmt/format.h>

#include "scenarios/deferred_push/preconditions.hpp"

namespace tollgate::deferred_push {

/// with  one deferred message
/// when  its SEND is answered with a 4xx, each of them in turn
/// then  one debit comes in time, whatever the code
static Task<void> every_4xx(Bed& bed) {
  for (int const status : {400, 401, 403, 404, 413, 415, 423, 425, 428, 481, 499}) {
    bed.renews("alice");
    auto& alice = bed.client("alice");
    co_await in_session(bed, 1);
    auto const send = co_await receives_message(bed, 1);
    alice.answers(send, status);  // step 10
    auto const debit = co_await bed.ocs().may_receive("debit_units", bed.ixit().live);
    bed.require(debit.has_value(), "missing debit_units",
                fmt::format("no debit came within {:.1f} ms of the {} to #{} SEND",
                            static_cast<double>(bed.ixit().live.count()) / 1e6, status, send.event),
                {send.event});
    bed.ocs().answers(*debit);  // step 9
  }
}

Case dbt_02() {
  return {.info = {.id = "DBT-02", .group = "dbt", .purpose = "An MSRP 4xx triggers the debit, whatever the code.",
                   .clause = "CR 6.3.2.8 (8 bullet 1); RFC 4975 10", .strength = "shall", .kind = "live",
                   .file = __FILE_NAME__, .line = __LINE__, .detects = {"M38", "M40"}},
          .run = every_4xx};
}

}  // namespace tollgate::deferred_push
