// What is wrong with the debit (steps 8 and 9).
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

/// Whether and when an outcome leads to a debit.
static std::vector<FaultRow> trigger_faults() {
  return {
      {.fault = Fault::M38_no_debit_on_4xx,
       .name = "M38_no_debit_on_4xx",
       .clause = "CR 6.3.2.8 (8 bullet 1)",
       .sentence = "Does not debit when the SEND was answered with a 4xx.",
       .detectors = {{"DBT-02", "missing debit_units"}, {"DBT-10", "wrong units"}},  // under D-FIRST and D-ALL another outcome debits there
       .reasons = {"G4", "unstable debit timing", "wrong count of debit_units",
                   "wrong diameter.IM-Information/Number-Of-Messages-Successfully-Sent"},
       .profile = {.debit = Debit::each, .credit = Credit::ecuru}},
      {.fault = Fault::M40_no_debit_on_other_4xx,
       .name = "M40_no_debit_on_other_4xx",
       .clause = "CR 6.3.2.8 (8 bullet 1); RFC 4975 10",
       .sentence = "Debits on 413 and 415 alone of all 4xx answers.",
       .detectors = {{"DBT-02", "missing debit_units"}},
       .reasons = {"G4", "unstable debit timing", "wrong count of debit_units", "wrong units"}},
      {.fault = Fault::M41_408_ignored,
       .name = "M41_408_ignored",
       .clause = "CR 6.3.2.8 (8); RFC 4975 10.4",
       .sentence = "Takes a 408 neither for a response nor for the time limit.",
       .detectors = {{"DBT-03", "missing debit_units"}},
       .reasons = {"G5", "missing BYE"}},
      {.fault = Fault::M46_debit_at_first_chunk,
       .name = "M46_debit_at_first_chunk",
       .clause = "RFC 4975 5.1, 7.1.1; CR 6.3.2.8 (8)",
       .sentence = "Debits when the first chunk of a message is answered.",
       .detectors = {{"DBT-14", "unexpected debit_units"}},
       .reasons = {"G3", "G4"}},
  };
}

/// What becomes of the debit where a push ends otherwise than with a 200 to its last message.
static std::vector<FaultRow> ending_faults() {
  return {
      {.fault = Fault::M55_debit_lost_with_connection,
       .name = "M55_debit_lost_with_connection",
       .clause = "CR 6.3.2.8 (8); RFC 4975 5.4",
       .sentence = "Forgets what was delivered when the connection is lost.",
       .detectors = {{"DBT-21", "missing debit_units"}, {"RC-09", "missing debit_units"}},
       .reasons = {"G4", "G13", "wrong count of debit_units", "wrong diameter.Requested-Service-Unit/CC-Service-Specific-Units"},
       .profile = {.debit = Debit::all, .release = Release::strict}},
      {.fault = Fault::M56_debit_without_delivery,
       .name = "M56_debit_without_delivery",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Debits a unit although the INVITE was rejected and nothing was sent.",
       .detectors = {{"DBT-16", "wrong diameter.Used-Service-Unit/CC-Service-Specific-Units"}},
       .reasons = {"G3", "G4", "G6", "unexpected debit_units", "wrong diameter.CC-Service-Specific-Units", "wrong units"}},
      {.fault = Fault::M61_malformed_response_counts,
       .name = "M61_malformed_response_counts",
       .clause = "RFC 4975 9, 10.2",
       .sentence = "Takes what is no MSRP response for a 200.",
       .detectors = {{"RB-06", "unexpected debit_units"}},
       .reasons = {"G3"}},
      {.fault = Fault::M124_5xx_left_open,
       .name = "M124_5xx_left_open",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Leaves a message that was answered 5xx open for ever.",
       .detectors = {{"DBT-05", "missing debit_units"}, {"DBT-06", "missing debit_units"}},
       .reasons = {"G5", "missing BYE"}},
      {.fault = Fault::M182_debit_before_and_after,
       .name = "M182_debit_before_and_after",
       .clause = "CR 6.3.2.8 (8) and its note",
       .sentence = "Debits before any outcome as it declares, and again at the 200.",
       .detectors = {{"DBT-22", "unexpected debit_units"}, {"DBT-12", "no debit timing"}, {"RC-11", "G6"}},
       .reasons = {"G4", "G6", "unexpected debit_units", "wrong count of debit_units", "wrong units"},
       .profile = {.debit = Debit::pre}},
      {.fault = Fault::M208_debit_lost_with_hangup,
       .name = "M208_debit_lost_with_hangup",
       .clause = "CR 6.3.2.8 (8); RFC 3261 15.1.2; RFC 4975 10.8",
       .sentence = "Forgets what was delivered when the user hangs up or answers that there is no session.",
       .detectors = {{"BYE-06", "wrong count of debit_units"},
                     {"RC-05", "wrong count of debit_units"},
                     {"RC-05b", "wrong count of debit_units"},
                     {"MS-19", "wrong count of debit_units"}},
       .reasons = {"G4"},
       .profile = {.debit = Debit::all}},
  };
}

/// What a debit says, and of whom.
static std::vector<FaultRow> amount_faults() {
  return {
      {.fault = Fault::M47_opening_send_counted,
       .name = "M47_opening_send_counted",
       .clause = "RFC 4975 5.4; RFC 8506 8.19",
       .sentence = "Counts the SEND without content that opens the session as a message.",
       .detectors = {{"DBT-09", "wrong units"}, {"DBT-10", "wrong units"}, {"ML-04", "wrong units"}},
       .reasons = {"G4", "G6", "wrong units", "wrong diameter.IM-Information/Total-Number-Of-Messages-Sent"}},
      {.fault = Fault::M49_one_unit_always,
       .name = "M49_one_unit_always",
       .clause = "CR 6.3.2.8 (8); RFC 8506 8.19",
       .sentence = "Reports one used unit whatever the number of messages.",
       .detectors = {{"DBT-09", "wrong units"}},
       .reasons = {"G3", "G4", "wrong diameter.IM-Information/Total-Number-Of-Messages-Sent"}},
      {.fault = Fault::M50_octets_reported,
       .name = "M50_octets_reported",
       .clause = "RFC 8506 5.2, 8.23, 8.26",
       .sentence = "Reports octets instead of events as used.",
       .detectors = {{"RSV-09", "missing diameter.CC-Service-Specific-Units"},
                     {"DBT-15", "missing diameter.Used-Service-Unit/CC-Service-Specific-Units"},
                     {"DBT-09", "wrong units"}},
       .reasons = {"G4", "G5", "missing debit_units", "no debit timing", "wrong count of debit_units"}},
      {.fault = Fault::M52_failed_messages_uncounted,
       .name = "M52_failed_messages_uncounted",
       .clause = "OMA-DDS-Charging_Data V1.0 8.4",
       .sentence = "Leaves messages that failed out of Total-Number-Of-Messages-Sent.",
       .detectors = {{"DBT-11", "wrong diameter.IM-Information/Total-Number-Of-Messages-Sent"}}},
      {.fault = Fault::M53_debit_for_another,
       .name = "M53_debit_for_another",
       .clause = "RFC 8506 5.2, 8.46",
       .sentence = "Debits whoever has reserved last.",
       .detectors = {{"ML-01", "G7"}, {"ML-03", "G7"}, {"ML-07", "G7"}},
       .reasons = {"G3", "G4", "G6", "missing TERMINATION", "missing debit_units", "unexpected debit_units", "wrong units"}},
      {.fault = Fault::M125_unknown_status_is_success,
       .name = "M125_unknown_status_is_success",
       .clause = "RFC 4975 9, 10; OMA-DDS-Charging_Data V1.0 8.4",
       .sentence = "Counts a message that was answered with an unassigned status as delivered.",
       .detectors = {{"DBT-06", "wrong diameter.Number-Of-Messages-Successfully-Sent"},
                     {"DBT-11", "wrong diameter.IM-Information/Number-Of-Messages-Successfully-Sent"}},
       .profile = {.debit = Debit::all},
       .blind = {{"RB-06", "has no response that is well formed and whose status is unassigned: DBT-06 has"}}},
  };
}

/// A debit for what had been debited.
static std::vector<FaultRow> repetition_faults() {
  return {
      {.fault = Fault::M43_debit_again_on_late_200,
       .name = "M43_debit_again_on_late_200",
       .clause = "CR 6.3.2.8 (8); RFC 3261 15.1.1",
       .sentence = "Debits at the time limit, and again for a 200 that nothing waits for any more.",
       .detectors = {{"ORD-13", "unexpected debit_units"}, {"RX-11", "unexpected debit_units"}, {"NT-09", "unexpected debit_units"}},
       .reasons = {"G3", "G4", "G6", "wrong count of debit_units", "wrong units"}},
      {.fault = Fault::M44_debit_on_report,
       .name = "M44_debit_on_report",
       .clause = "CR 6.3.2.8 (8); RFC 4975 7.1.2",
       .sentence = "Debits once more for a REPORT.",
       .detectors = {{"DBT-19", "unexpected debit_units"}},
       .reasons = {"G3", "G4", "G6"}},
      {.fault = Fault::M58_debit_for_ever,
       .name = "M58_debit_for_ever",
       .clause = "RFC 8506 4.1.3, 9.2, Table 4",
       .sentence = "Sends a debit that was refused again, every second.",
       .detectors = {{"DBT-17", "unexpected debit_units"}, {"DBT-18", "unexpected debit_units"}},
       .reasons = {"G3", "G4", "G6", "G7", "G8"}},
      {.fault = Fault::M59_debit_anew_after_tx,
       .name = "M59_debit_anew_after_tx",
       .clause = "RFC 8506 5.7, 6.5",
       .sentence = "Debits in another credit session when the debit is not answered.",
       .detectors = {{"NT-10", "unexpected debit_units"}},
       .reasons = {"G3", "G4", "G6", "G7"}},
  };
}

std::vector<FaultRow> debit_faults() {
  return joined({trigger_faults(), ending_faults(), amount_faults(), repetition_faults()});
}

}  // namespace tollgate::refserver
