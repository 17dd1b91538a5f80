// What is wrong with hostile or malformed input.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> robustness_faults() {
  return {
      {.fault = Fault::M173_reads_by_segment,
       .name = "M173_reads_by_segment",
       .clause = "RFC 3261 18.3",
       .sentence = "Takes what one TCP segment brings for whole SIP messages.",
       .detectors = {{"RB-03", "missing 200 REGISTER"}}},
      {.fault = Fault::M175_party_of_255_octets,
       .name = "M175_party_of_255_octets",
       .clause = "RFC 3261 10.3 step 5; RFC 8506 8.48",
       .sentence = "Charges the first 255 octets of the address-of-record.",
       .detectors = {{"RB-13", "missing reserve_units"}},
       .reasons = {"G1"}},
      {.fault = Fault::M176_connects_to_origin,
       .name = "M176_connects_to_origin",
       .clause = "RFC 4975 8.3; RFC 8866 5.2",
       .sentence = "Connects for MSRP to the address in the o= line of the answer.",
       .detectors = {{"RB-01b", "wrong delivery"}, {"RB-12", "connected elsewhere"}},
       .reasons = {"G3", "G4"}},
      {.fault = Fault::M178_refused_register_reserves,
       .name = "M178_refused_register_reserves",
       .clause = "CR 6.3.2.8 (1-3); RFC 3261 10.3",
       .sentence = "Reserves for the user of a REGISTER that it has refused.",
       .detectors = {{"RB-02", "unexpected reserve_units"}}},
      {.fault = Fault::M179_refuses_odd_forms,
       .name = "M179_refuses_odd_forms",
       .clause = "RFC 3261 7.3.1, 19.1.2; RFC 4475 3.1.1",
       .sentence = "Answers 400 to a REGISTER with a field on several lines or an escape in its user part.",
       .detectors = {{"RB-01", "missing 200 REGISTER"}}},
      {.fault = Fault::M195_takes_broken_forms,
       .name = "M195_takes_broken_forms",
       .clause = "RFC 3261 8.2, 20.14; RFC 4475 3.1.2, 3.3",
       .sentence = "Takes a REGISTER that breaks the grammar, or contradicts itself, as far as it can be read.",
       .detectors = {{"RB-02", "unexpected 2xx"}}},
  };
}

}  // namespace tollgate::refserver
