// What is wrong where users, messages or times cross.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> concurrency_faults() {
  return {
      {.fault = Fault::M116_last_registered,
       .name = "M116_last_registered",
       .clause = "CR 6.3.2.8 (5)",
       .sentence = "Invites whoever has registered last.",
       .detectors = {{"ML-01", "missing INVITE"}, {"ML-02", "missing INVITE"}, {"ML-03", "missing INVITE"}},
       .reasons = {"G1", "G3", "G4", "G6", "G13", "wrong count of INVITE", "wrong delivery"}},
      {.fault = Fault::M118_drops_what_came_meanwhile,
       .name = "M118_drops_what_came_meanwhile",
       .clause = "CR 6.3.2.8 (7)",
       .sentence = "Deletes at the end of a push what was stored during it.",
       .detectors = {{"RC-03", "wrong delivery"}}},
      {.fault = Fault::M119_second_device_for_free,
       .name = "M119_second_device_for_free",
       .clause = "CR 6.3.2.8 (7-8)",
       .sentence = "Pushes to a second device of the user what goes to the first, and charges it once.",
       .detectors = {{"RC-08", "wrong units"}},
       .reasons = {"G4", "G1", "G13", "missing reserve_units", "unexpected INVITE"}},
      {.fault = Fault::M121_debits_again_after_restart,
       .name = "M121_debits_again_after_restart",
       .clause = "RFC 8506 5.7; CR 6.3.2.8 (8)",
       .sentence = "Debits once more after a restart what it had debited before.",
       .detectors = {{"RB-16", "G6"}, {"RB-16b", "wrong diameter.flags.T"}},
       .reasons = {"G3", "G4", "wrong units"}},
      {.fault = Fault::M122_invites_removed_binding,
       .name = "M122_invites_removed_binding",
       .clause = "RFC 3261 10.2.2; CR 6.3.2.8 (5)",
       .sentence = "Invites a contact that was removed while the reserve answer was awaited.",
       .detectors = {{"RC-01", "unexpected INVITE"}}},
      {.fault = Fault::M172_single_writer,
       .name = "M172_single_writer",
       .clause = "RFC 4975 5.1",
       .sentence = "Sends nothing on any session while a message is half written on another.",
       .detectors = {{"MS-08", "missing SEND"}, {"ML-05", "missing BYE"}}},
      {.fault = Fault::M181_tx_off_the_clock,
       .name = "M181_tx_off_the_clock",
       .clause = "RFC 8506 13",
       .sentence = "Waits ten times Tx for an answer, as if a clock factor had scaled all timers but that one.",
       .detectors = {{"NT-11", "missing INITIAL"}},
       .reasons = {"G1", "unexpected INVITE"}},
  };
}

}  // namespace tollgate::refserver
