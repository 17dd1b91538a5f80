// What is wrong with the decision that the reserve answer asks for (steps 4 and 5).
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> credit_faults() {
  return {
      {.fault = Fault::M26_invite_despite_denial, .name = "M26_invite_despite_denial",
       .clause = "CR 6.3.2.8 (4); RFC 8506 9.1",
       .sentence = "Sends the INVITE although the reservation was answered 4012.",
       .detectors = {{"NC-01", "unexpected INVITE"}, {"NC-08", "unexpected INVITE"}, {"ML-03", "unexpected INVITE"}},
       .reasons = {"G1", "missing reserve_units"}},
      {.fault = Fault::M28_invite_despite_5xxx, .name = "M28_invite_despite_5xxx",
       .clause = "RFC 8506 Table 3, 9.2",
       .sentence = "Sends the INVITE although the reservation was answered 5xxx.",
       .detectors = {{"NC-03", "unexpected INVITE"}, {"NC-04", "unexpected INVITE"}, {"NC-06", "unexpected INVITE"}},
       .reasons = {"G1"}},
      {.fault = Fault::M29_denial_in_mscc_ignored, .name = "M29_denial_in_mscc_ignored",
       .clause = "RFC 8506 5.6.1, 8.16",
       .sentence = "Looks at the Result-Code of the command alone, not at that inside Multiple-Services-Credit-Control.",
       .detectors = {{"NC-11", "unexpected INVITE"}},
       .reasons = {"G1"}},
      {.fault = Fault::M31_sends_beyond_grant, .name = "M31_sends_beyond_grant",
       .clause = "RFC 8506 5.2",
       .sentence = "Sends all messages although fewer units were granted.",
       .detectors = {{"NC-09", "unexpected SEND"}, {"NC-10", "unexpected SEND"}},
       .reasons = {"G4"}},
      {.fault = Fault::M32_4011_is_denial, .name = "M32_4011_is_denial",
       .clause = "RFC 8506 5.2, Table 3",
       .sentence = "Takes 4011 for a denial.",
       .detectors = {{"NC-05", "missing INVITE"}},
       .reasons = {"G5"}},
      {.fault = Fault::M34_open_after_tx, .name = "M34_open_after_tx",
       .clause = "RFC 8506 8.14, 13",
       .sentence = "Sends the INVITE when Tx has passed without an answer.",
       .detectors = {{"NT-01", "unexpected INVITE"}},
       .reasons = {"G1", "G4"}},
      {.fault = Fault::M35_late_answer_starts_push, .name = "M35_late_answer_starts_push",
       .clause = "RFC 8506 5.7, Table 3",
       .sentence = "Takes an answer that comes after Tx for the one that it waits for.",
       .detectors = {{"NT-03", "unexpected INVITE"}},
       .reasons = {"G1", "missing INITIAL"}},
      {.fault = Fault::M37_rejection_deletes_messages, .name = "M37_rejection_deletes_messages",
       .clause = "RFC 3261 13.2.2.3; CR 6.3.2.8 (6)",
       .sentence = "Deletes the stored messages when the INVITE is rejected.",
       .detectors = {{"INV-13", "missing reserve_units"}},
       .reasons = {"missing INITIAL"}},
      {.fault = Fault::M139_open_before_tx, .name = "M139_open_before_tx",
       .clause = "RFC 8506 5.7, Table 3",
       .sentence = "Fails open, and does not wait for Tx to pass before it does.",
       .detectors = {{"NT-02", "unexpected INVITE"}, {"ORD-03", "unexpected INVITE"}},
       .reasons = {"G1"},
       .profile = {.fails_open = true}},
  };
}

}  // namespace tollgate::refserver
