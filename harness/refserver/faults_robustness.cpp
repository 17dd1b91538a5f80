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
      {.fault = Fault::M199_drops_large_registers,
       .name = "M199_drops_large_registers",
       .clause = "RFC 3261 8.2, 21.4.11",
       .sentence = "Drops a REGISTER of more than 32768 octets without a word, and keeps its connection.",
       .detectors = {{"RB-04", "missing * REGISTER|sip-closed"}, {"RB-04b", "missing * REGISTER|sip-closed"}}},
      {.fault = Fault::M200_waits_for_length,
       .name = "M200_waits_for_length",
       .clause = "RFC 3261 18.3, 20.14",
       .sentence = "Keeps a TCP connection open on which SIP cannot be cut into messages any more, and never answers there.",
       .detectors = {{"RB-03", "missing * OPTIONS|sip-closed"}}},
      {.fault = Fault::M206_full_of_unfinished,
       .name = "M206_full_of_unfinished",
       .clause = "RFC 4975 7.3.1, 14.5",
       .sentence = "Keeps for ever what clients begin and never end on MSRP, and pushes to nobody any more once that is 64 messages.",
       .detectors = {{"RB-08b", "missing reserve_units"}}},
  };
}

}  // namespace tollgate::refserver
