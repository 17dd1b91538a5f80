// What is wrong in SIP.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> sip_faults() {
  return {
      {.fault = Fault::M80_bye_with_cseq_of_invite, .name = "M80_bye_with_cseq_of_invite",
       .clause = "RFC 3261 12.2.1.1",
       .sentence = "Gives the BYE the CSeq number of the INVITE.",
       .detectors = {{"BYE-02", "wrong sip.CSeq.seq"}},
       .reasons = {"G9"}},
      {.fault = Fault::M85_second_200_sends_again, .name = "M85_second_200_sends_again",
       .clause = "RFC 3261 13.2.2.4",
       .sentence = "Opens a session and sends everything again for the second copy of the 200.",
       .detectors = {{"RX-02", "G13"}},
       .reasons = {"G6", "unexpected SEND"}},
      {.fault = Fault::M158_no_ack_after_cancel, .name = "M158_no_ack_after_cancel",
       .clause = "RFC 3261 9.1, 13.2.2.4",
       .sentence = "Does not acknowledge a 200 that crosses its CANCEL.",
       .detectors = {{"RC-10", "G10"}},
       .reasons = {"missing ACK"}},
  };
}

}  // namespace tollgate::refserver
