// What is wrong with the reservation (step 3).
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> reservation_faults() {
  return {
      {.fault = Fault::M13_reserve_per_message, .name = "M13_reserve_per_message",
       .clause = "CR 6.3.2.8 (3)",
       .sentence = "Reserves once per stored message instead of once per push.",
       .detectors = {{"RSV-01", "unexpected reserve_units"}, {"ORD-02", "unexpected reserve_units"},
                     {"RSV-08", "wrong diameter.Requested-Service-Unit/CC-Service-Specific-Units"}},
       .reasons = {"G5", "G4", "missing INVITE", "unexpected INVITE", "unexpected SEND"}},
      {.fault = Fault::M23_reservation_left_open, .name = "M23_reservation_left_open",
       .clause = "RFC 8506 5.4; TS 32.260 5.3.2.2.2",
       .sentence = "Does not end the credit session when the INVITE is rejected.",
       .detectors = {{"RSV-15", "missing close|debit_units"}, {"INV-13", "missing close|debit_units"},
                     {"INV-13b", "missing close|debit_units"}, {"DBT-16", "missing close|debit_units"}},
       .reasons = {"G5", "missing TERMINATION"}},
  };
}

}  // namespace tollgate::refserver
