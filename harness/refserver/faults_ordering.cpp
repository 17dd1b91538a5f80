// What breaks the order of the steps.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> ordering_faults() {
  return {
      {.fault = Fault::M00_canary, .name = "M00_canary",
       .clause = "CR 6.3.2.8 (2)",
       .sentence = "Keeps messages, but answers no REGISTER and does nothing for it: whoever misses this misses everything.",
       .detectors = {{"ORD-01", "missing 200 REGISTER"}},
       .reasons = {"missing 420 REGISTER", "missing 200 REGISTER|423 REGISTER", "missing BYE", "G14"}},
      {.fault = Fault::M01_invite_before_answer, .name = "M01_invite_before_answer",
       .clause = "CR 6.3.2.8 (3-5); RFC 8506 5.2",
       .sentence = "Sends the INVITE right after the reserve request, without waiting for its answer.",
       .detectors = {{"ORD-03", "unexpected INVITE"}, {"ML-02", "unexpected INVITE"}, {"NT-01", "unexpected INVITE"}},
       .reasons = {"G1", "G4", "unexpected SEND", "unexpected debit_units", "missing reserve_units"}},
      {.fault = Fault::M02_invite_before_reserve, .name = "M02_invite_before_reserve",
       .clause = "CR 6.3.2.8 (3-5); RFC 8506 5.2",
       .sentence = "Sends the INVITE at the REGISTER and the reserve request afterwards.",
       .detectors = {{"ORD-03", "unexpected INVITE"}, {"NC-01", "unexpected INVITE"}, {"NT-01", "unexpected INVITE"}},
       .reasons = {"G1", "G4", "unexpected SEND", "unexpected debit_units", "missing reserve_units"}},
      {.fault = Fault::M04_send_before_accept, .name = "M04_send_before_accept",
       .clause = "CR 6.3.2.8 (6-7); RFC 4975 8.2",
       .sentence = "Takes the SDP of a provisional response for the acceptance: connects and sends before the 200.",
       .detectors = {{"ORD-05", "unexpected SEND"}},
       .reasons = {"G2"}},
      {.fault = Fault::M05_debit_before_outcome, .name = "M05_debit_before_outcome",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Debits as soon as the last SEND is written, whatever comes back.",
       .detectors = {{"ORD-06", "unexpected debit_units"}, {"DBT-04", "unexpected debit_units"}},
       .reasons = {"G3"}},
      {.fault = Fault::M07_bye_before_outcome, .name = "M07_bye_before_outcome",
       .clause = "CR 6.3.2.8 (10-11)",
       .sentence = "Sends BYE before the last MSRP answer has arrived.",
       .detectors = {{"ORD-08", "unexpected BYE"}, {"BYE-03", "unexpected BYE"}}},
      {.fault = Fault::M10_debit_by_timer, .name = "M10_debit_by_timer",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Debits 1 s after the last SEND, whatever has come back by then.",
       .detectors = {{"ORD-06", "unexpected debit_units"}, {"DBT-04", "unexpected debit_units"},
                     {"NT-09", "unexpected debit_units"}},
       .reasons = {"G3"}},
  };
}

}  // namespace tollgate::refserver
