// What is wrong with the reservation (step 3).
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

/// When it reserves, and for whom.
static std::vector<FaultRow> occasion_faults() {
  return {
      {.fault = Fault::M13_reserve_per_message,
       .name = "M13_reserve_per_message",
       .clause = "CR 6.3.2.8 (3)",
       .sentence = "Reserves once per stored message instead of once per push.",
       .detectors = {{"RSV-01", "unexpected reserve_units"},
                     {"ORD-02", "unexpected reserve_units"},
                     {"RSV-08", "wrong diameter.Requested-Service-Unit/CC-Service-Specific-Units"}},
       .reasons = {"G4", "G5", "missing INVITE", "still open", "unexpected INVITE", "unexpected SEND", "wrong diameter.Session-Id"}},
      {.fault = Fault::M14_direct_debit_reserves,
       .name = "M14_direct_debit_reserves",
       .clause = "RFC 8506 5.1, 5.2, 8.41",
       .sentence = "Reserves by an EVENT_REQUEST with DIRECT_DEBITING, and debits again.",
       .detectors = {{"RSV-04", "wrong diameter.CC-Request-Type"},
                     {"DBT-07", "wrong diameter.CC-Request-Type"},
                     {"DBT-09", "missing reserve_units"}},
       .reasons = {"G1", "G3", "G4", "G6", "missing reserve_units", "wrong units"}},
      {.fault = Fault::M16_sender_is_charged,
       .name = "M16_sender_is_charged",
       .clause = "RFC 8506 5.2, 8.46; TS 32.260 6.2.1.1",
       .sentence = "Charges the sender of the oldest message instead of the user who registers.",
       .detectors = {{"RSV-07", "wrong diameter.Subscription-Id"}},
       .reasons = {"G1", "G3", "G4", "G6", "G7", "missing reserve_units", "wrong diameter.Subscription-Id-Data",
                   "wrong diameter.Subscription-Id/Subscription-Id-Data"}},
      {.fault = Fault::M17_reserves_for_nothing,
       .name = "M17_reserves_for_nothing",
       .clause = "CR 6.3.2.8 (3) and its title",
       .sentence = "Reserves for a user for whom nothing is stored.",
       .detectors = {{"REG-08", "unexpected reserve_units"}}},
      {.fault = Fault::M19_charges_before_authentication,
       .name = "M19_charges_before_authentication",
       .clause = "RFC 3261 10.3 (3), 22.2",
       .sentence = "Reserves at the REGISTER that it challenges.",
       .detectors = {{"REG-03", "unexpected reserve_units"}, {"REG-04", "unexpected reserve_units"}}},
      {.fault = Fault::M188_nonce_for_ever,
       .name = "M188_nonce_for_ever",
       .clause = "RFC 7616 3.3, 5.4",
       .sentence = "Takes credentials on a nonce that has expired.",
       .detectors = {{"REG-04c", "missing 401 REGISTER"}}},
  };
}

/// How much it reserves, how often, and what it leaves open.
static std::vector<FaultRow> amount_faults() {
  return {
      {.fault = Fault::M20_one_unit_reserved,
       .name = "M20_one_unit_reserved",
       .clause = "RFC 8506 5.2, 8.18",
       .sentence = "Asks for one unit whatever the number of stored messages.",
       .detectors = {{"RSV-08", "wrong diameter.Requested-Service-Unit/CC-Service-Specific-Units"}},
       .reasons = {"kept and lost", "missing SEND", "wrong units"}},
      {.fault = Fault::M22_refresh_pushes_again,
       .name = "M22_refresh_pushes_again",
       .clause = "CR 6.3.2.8 (1-3)",
       .sentence = "Starts another reservation and push at a refresh in the middle of a push.",
       .detectors = {{"RC-06", "unexpected reserve_units"}, {"RC-07", "wrong count of INVITE"}},
       .reasons = {"G1", "G3", "G13"}},
      {.fault = Fault::M23_reservation_left_open,
       .name = "M23_reservation_left_open",
       .clause = "RFC 8506 5.4; TS 32.260 5.3.2.2.2",
       .sentence = "Does not end the credit session when the INVITE is rejected.",
       .detectors = {{"RSV-15", "missing close|debit_units"},
                     {"INV-13", "missing close|debit_units"},
                     {"INV-13b", "missing close|debit_units"},
                     {"DBT-16", "missing close|debit_units"}},
       .reasons = {"G5", "missing TERMINATION"}},
      {.fault = Fault::M25_session_id_after_denial,
       .name = "M25_session_id_after_denial",
       .clause = "RFC 6733 8.8",
       .sentence = "Reserves after a denial in the credit session of the denied attempt.",
       .detectors = {{"NC-12", "wrong diameter.Session-Id"}, {"RSV-06", "repeated diameter.Session-Id"}},
       .reasons = {"G1", "G3", "G4", "G6", "G7", "missing reserve_units"}},
      {.fault = Fault::M184_reserves_without_register,
       .name = "M184_reserves_without_register",
       .clause = "CR 6.3.2.8 (3)",
       .sentence = "Reserves for users who have not registered, every other second.",
       .detectors = {{"ORD-04", "unexpected reserve_units"}},
       .reasons = {"wrong diameter.Session-Id", "G5", "G7", "missing BYE"}},
  };
}

std::vector<FaultRow> reservation_faults() {
  return joined({occasion_faults(), amount_faults()});
}

}  // namespace tollgate::refserver
