// What is wrong in the session description and in MSRP.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> msrp_faults() {
  return {
      {.fault = Fault::M101_one_transaction_id, .name = "M101_one_transaction_id",
       .clause = "RFC 4975 7.1",
       .sentence = "Uses one transaction id for all SENDs of a session.",
       .detectors = {{"MS-02", "wrong msrp.transaction.id"}},
       .reasons = {"G11", "unexpected BYE"}},
      {.fault = Fault::M106_no_failure_report, .name = "M106_no_failure_report",
       .clause = "RFC 4975 5.3, 7.2; CR 6.3.2.8 (8)",
       .sentence = "Sets Failure-Report: no on its SENDs, so that no answer can ever come.",
       .detectors = {{"DBT-01", "missing debit_units"}, {"MS-15", "wrong msrp.Failure-Report"}},
       .reasons = {"missing BYE", "missing debit_units|close", "missing TERMINATION", "not sent", "wrong delivery",
                   "wrong diameter.Requested-Service-Unit/CC-Service-Specific-Units"}},
  };
}

}  // namespace tollgate::refserver
