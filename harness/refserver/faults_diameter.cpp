// What is wrong on the Diameter connection and in its messages.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> diameter_faults() {
  return {
      {.fault = Fault::M62_one_session_id_a_user, .name = "M62_one_session_id_a_user",
       .clause = "RFC 6733 8.8",
       .sentence = "Uses one Session-Id for every push of a user.",
       .detectors = {{"RSV-06", "repeated diameter.Session-Id"}, {"NC-12", "wrong diameter.Session-Id"}},
       .reasons = {"G7"}},
      {.fault = Fault::M64_number_zero_in_debit, .name = "M64_number_zero_in_debit",
       .clause = "RFC 8506 8.2",
       .sentence = "Gives the debit the CC-Request-Number 0, which the reservation has.",
       .detectors = {{"DBT-08", "wrong diameter.CC-Request-Number"}},
       .reasons = {"G7"}},
      {.fault = Fault::M68_t_flag_on_first, .name = "M68_t_flag_on_first",
       .clause = "RFC 6733 3",
       .sentence = "Sets the T flag on what it sends for the first time.",
       .detectors = {{"RSV-02", "wrong diameter.flags.T"}},
       .reasons = {"G8"}},
      {.fault = Fault::M70_answers_in_order, .name = "M70_answers_in_order",
       .clause = "RFC 6733 3",
       .sentence = "Takes each CCA for the oldest open request, whatever its Hop-by-Hop.",
       .detectors = {{"ML-02", "G1"}, {"ML-03", "G1"}},
       .reasons = {"missing INVITE", "G5"}},
  };
}

}  // namespace tollgate::refserver
