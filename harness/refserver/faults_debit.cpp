// What is wrong with the debit (steps 8 and 9).
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> debit_faults() {
  return {
      {.fault = Fault::M38_no_debit_on_4xx, .name = "M38_no_debit_on_4xx",
       .clause = "CR 6.3.2.8 (8 bullet 1)",
       .sentence = "Does not debit when the SEND was answered with a 4xx.",
       .detectors = {{"DBT-02", "missing debit_units"}}},
      {.fault = Fault::M40_no_debit_on_other_4xx, .name = "M40_no_debit_on_other_4xx",
       .clause = "CR 6.3.2.8 (8 bullet 1); RFC 4975 10",
       .sentence = "Debits on 413 and 415 alone of all 4xx answers.",
       .detectors = {{"DBT-02", "missing debit_units"}}},
      {.fault = Fault::M43_debit_again_on_late_200, .name = "M43_debit_again_on_late_200",
       .clause = "CR 6.3.2.8 (8); RFC 3261 15.1.1",
       .sentence = "Debits at the time limit, and again for a 200 that nothing waits for any more.",
       .detectors = {{"ORD-13", "unexpected debit_units"}, {"RX-11", "unexpected debit_units"},
                     {"NT-09", "unexpected debit_units"}},
       .reasons = {"G3", "G4", "G6", "wrong count of debit_units"}},
      {.fault = Fault::M49_one_unit_always, .name = "M49_one_unit_always",
       .clause = "CR 6.3.2.8 (8); RFC 8506 8.19",
       .sentence = "Reports one used unit whatever the number of messages.",
       .detectors = {{"DBT-09", "wrong units"}},
       .reasons = {"G4", "wrong diameter.IM-Information/Total-Number-Of-Messages-Sent"}},
      {.fault = Fault::M56_debit_without_delivery, .name = "M56_debit_without_delivery",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Debits a unit although the INVITE was rejected and nothing was sent.",
       .detectors = {{"DBT-16", "wrong diameter.Used-Service-Unit/CC-Service-Specific-Units"}},
       .reasons = {"G3", "G4", "wrong diameter.CC-Service-Specific-Units", "wrong units"}},
  };
}

}  // namespace tollgate::refserver
