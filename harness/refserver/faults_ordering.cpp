// What breaks the order of the steps.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

std::vector<FaultRow> ordering_faults() {
  return {
      {.fault = Fault::M00_canary, .name = "M00_canary",
       .clause = "CR 6.3.2.8 (2)",
       .sentence = "Keeps messages, but answers no REGISTER and does nothing for it: whoever misses this misses everything.",
       .detectors = {{"ORD-01", "missing 200 REGISTER"}},
       .reasons = {"wrong count of 200 REGISTER|423 REGISTER", "G14", "missing 200 REGISTER|423 REGISTER", "missing 401 REGISTER", "missing 403 REGISTER|404 REGISTER",
                   "missing 420 REGISTER", "missing BYE"}},
      {.fault = Fault::M01_invite_before_answer, .name = "M01_invite_before_answer",
       .clause = "CR 6.3.2.8 (3-5); RFC 8506 5.2",
       .sentence = "Sends the INVITE right after the reserve request, without waiting for its answer.",
       .detectors = {{"ORD-03", "unexpected INVITE"}, {"ML-02", "unexpected INVITE"}, {"NT-01", "unexpected INVITE"}},
       .reasons = {"wrong delivery", "G1", "G4", "G5", "missing reserve_units", "unexpected SEND", "unexpected debit_units"}},
      {.fault = Fault::M02_invite_before_reserve, .name = "M02_invite_before_reserve",
       .clause = "CR 6.3.2.8 (3-5); RFC 8506 5.2",
       .sentence = "Sends the INVITE at the REGISTER and the reserve request afterwards.",
       .detectors = {{"ORD-03", "unexpected INVITE"}, {"NC-01", "unexpected INVITE"}, {"NT-01", "unexpected INVITE"}},
       .reasons = {"wrong delivery", "G1", "G4", "G5", "missing reserve_units", "unexpected SEND", "unexpected debit_units"}},
      {.fault = Fault::M04_send_before_accept, .name = "M04_send_before_accept",
       .clause = "CR 6.3.2.8 (6-7); RFC 4975 8.2",
       .sentence = "Takes the SDP of a provisional response for the acceptance: connects and sends before the 200.",
       .detectors = {{"ORD-05", "unexpected SEND"}},
       .reasons = {"G2", "wrong msrp.To-Path"}},
      {.fault = Fault::M05_debit_before_outcome, .name = "M05_debit_before_outcome",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Debits as soon as the last SEND is written, whatever comes back.",
       .detectors = {{"ORD-06", "unexpected debit_units"}, {"DBT-04", "unexpected debit_units"}, {"DBT-12", "G3"}},
       .reasons = {"G3", "G4", "early debit_units", "missing UPDATE", "other debit timing", "wrong diameter.Number-Of-Messages-Successfully-Sent"}},
      {.fault = Fault::M07_bye_before_outcome, .name = "M07_bye_before_outcome",
       .clause = "CR 6.3.2.8 (10-11)",
       .sentence = "Sends BYE before the last MSRP answer has arrived.",
       .detectors = {{"ORD-08", "unexpected BYE"}, {"BYE-03", "unexpected BYE"}},
       .reasons = {"G2", "G3", "missing TERMINATION", "wrong msrp.cnt.flg"}},
      {.fault = Fault::M08_bye_before_debit_answer, .name = "M08_bye_before_debit_answer",
       .clause = "CR 6.3.2.8 (9, 11)",
       .sentence = "Sends BYE before the debit is answered.",
       .detectors = {{"ORD-07", "unexpected BYE"}},
       .profile = {.debit = Debit::all, .release = Release::strict}},
      {.fault = Fault::M10_debit_by_timer, .name = "M10_debit_by_timer",
       .clause = "CR 6.3.2.8 (8)",
       .sentence = "Debits 1 s after the last SEND, whatever has come back by then.",
       .detectors = {{"ORD-06", "unexpected debit_units"}, {"DBT-04", "unexpected debit_units"},
                     {"NT-09", "unexpected debit_units"}},
       .reasons = {"G5", "G3", "early debit_units", "other debit timing"}},
      {.fault = Fault::M11_closes_before_bye, .name = "M11_closes_before_bye",
       .clause = "RFC 4975 5.4; RFC 3261 15.1.1",
       .sentence = "Closes the MSRP connection before it sends BYE.",
       .detectors = {{"BYE-05", "unexpected closed"}},
       .reasons = {"not sent"}},
  };
}

}  // namespace tollgate::refserver
