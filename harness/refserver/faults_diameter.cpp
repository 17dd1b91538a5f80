// What is wrong on the Diameter connection and in its messages.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

/// The fields of a CCR.
static std::vector<FaultRow> request_faults() {
  return {
      {.fault = Fault::M62_one_session_id_a_user,
       .name = "M62_one_session_id_a_user",
       .clause = "RFC 6733 8.8",
       .sentence = "Uses one Session-Id for every push of a user.",
       .detectors = {{"RSV-06", "repeated diameter.Session-Id"},
                     {"RSV-06b", "repeated diameter.Session-Id"},
                     {"NC-12", "wrong diameter.Session-Id"},
                     {"RB-15", "G7"}},
       .reasons = {"G7"}},
      {.fault = Fault::M64_number_zero_in_debit,
       .name = "M64_number_zero_in_debit",
       .clause = "RFC 8506 8.2",
       .sentence = "Gives the debit the CC-Request-Number 0, which the reservation has.",
       .detectors = {{"DBT-08", "wrong diameter.CC-Request-Number"}},
       .reasons = {"G7"}},
      {.fault = Fault::M65_number_over_all_sessions,
       .name = "M65_number_over_all_sessions",
       .clause = "RFC 8506 8.2",
       .sentence = "Counts CC-Request-Number from 1 over all credit sessions.",
       .detectors = {{"RSV-05", "wrong diameter.CC-Request-Number"},
                     {"DBT-08", "wrong diameter.CC-Request-Number"},
                     {"ML-01", "wrong diameter.CC-Request-Number"}},
       .reasons = {"G7", "wrong diameter.CC-Request-Number"}},
      {.fault = Fault::M67_used_units_requested,
       .name = "M67_used_units_requested",
       .clause = "RFC 8506 5.4, 8.19",
       .sentence = "Requests in the debit what it has used.",
       .detectors = {{"DBT-15", "missing diameter.Used-Service-Unit/CC-Service-Specific-Units"}},
       .reasons = {"G4", "missing debit_units", "no debit timing", "wrong count of debit_units", "wrong units"}},
      {.fault = Fault::M68_t_flag_on_first,
       .name = "M68_t_flag_on_first",
       .clause = "RFC 6733 3",
       .sentence = "Sets the T flag on what it sends for the first time.",
       .detectors = {{"RSV-02", "wrong diameter.flags.T"}},
       .reasons = {"G8"}},
      {.fault = Fault::M73_length_with_padding,
       .name = "M73_length_with_padding",
       .clause = "RFC 6733 4.1",
       .sentence = "Counts the padding into the length of an AVP.",
       .detectors = {{"RSV-13", "wrong diameter.Origin-Host"}},
       .reasons = {"wrong diameter.Service-Context-Id", "G12", "wrong diameter.Destination-Realm", "wrong diameter.Session-Id"}},
  };
}

/// What a CCR is about.
static std::vector<FaultRow> service_faults() {
  return {
      {.fault = Fault::M74_counters_as_text,
       .name = "M74_counters_as_text",
       .clause = "OMA-DDS-Charging_Data V1.0 8.5.6; RFC 6733 4.2",
       .sentence = "Writes the counters of IM-Information as text.",
       .detectors = {{"RSV-12", "wrong diameter.IM-Information/Total-Number-Of-Messages-Sent"},
                     {"DBT-11", "wrong diameter.IM-Information/Total-Number-Of-Messages-Sent"}},
       .reasons = {"G12", "wrong diameter.Number-Of-Messages-Successfully-Sent"}},
      {.fault = Fault::M79_sip_uri_as_e164,
       .name = "M79_sip_uri_as_e164",
       .clause = "RFC 8506 8.46-8.48",
       .sentence = "Calls the SIP URI of the Subscription-Id an E.164 number.",
       .detectors = {{"RSV-07", "wrong diameter.Subscription-Id"}},
       .reasons = {"G12"}},
      {.fault = Fault::M127_no_application_id,
       .name = "M127_no_application_id",
       .clause = "RFC 8506 3.1",
       .sentence = "Leaves Auth-Application-Id out of the CCR.",
       .detectors = {{"RSV-03", "missing diameter.Auth-Application-Id"}},
       .reasons = {"G12"}},
      {.fault = Fault::M127b_no_origin_realm,
       .name = "M127b_no_origin_realm",
       .clause = "RFC 8506 3.1",
       .sentence = "Leaves Origin-Realm out of the CCR.",
       .detectors = {{"RSV-03", "missing diameter.Origin-Realm"}},
       .reasons = {"G12", "missing diameter.Origin-Realm"}},
      {.fault = Fault::M128_other_service_in_debit,
       .name = "M128_other_service_in_debit",
       .clause = "RFC 8506 5.4, 8.42",
       .sentence = "Names the service without its domain in the debit.",
       .detectors = {{"RSV-10", "wrong diameter.Service-Context-Id"}, {"DBT-20", "wrong diameter.Service-Context-Id"}}},
      {.fault = Fault::M130_host_invented,
       .name = "M130_host_invented",
       .clause = "RFC 6733 6.1.1, 6.5",
       .sentence = "Addresses its requests to a host that it has never heard of.",
       .detectors = {{"RSV-16", "wrong diameter.Destination-Host"}}},
  };
}

/// Which answer is taken for whose.
static std::vector<FaultRow> answer_faults() {
  return {
      {.fault = Fault::M70_answers_in_order,
       .name = "M70_answers_in_order",
       .clause = "RFC 6733 3",
       .sentence = "Takes each CCA for the oldest open request, whatever its Hop-by-Hop.",
       .detectors = {{"ML-02", "G1"}, {"ML-03", "G1"}, {"RX-08", "G1"}},
       .reasons = {"G4", "G5", "missing BYE", "missing INVITE", "unexpected INVITE", "unexpected reserve_units",
                   "wrong diameter.Service-Context-Id"}},
      {.fault = Fault::M71_session_of_answer_unchecked,
       .name = "M71_session_of_answer_unchecked",
       .clause = "RFC 6733 3, 8.8; RFC 8506 3.2",
       .sentence = "Takes an answer by its Hop-by-Hop alone, whatever session or request it names.",
       .detectors = {{"DI-10", "unexpected INVITE"}},
       .reasons = {"G1"}},
  };
}

/// The connection to the Charging Enabler.
static std::vector<FaultRow> peer_faults() {
  return {
      {.fault = Fault::M76_ccr_before_cea,
       .name = "M76_ccr_before_cea",
       .clause = "RFC 6733 5.3, 5.6",
       .sentence = "Sends a CCR before the capabilities are exchanged.",
       .detectors = {{"DI-02", "unexpected reserve_units"}},
       .reasons = {"unexpected debit_units"}},
      {.fault = Fault::M77_no_dwa_while_asking,
       .name = "M77_no_dwa_while_asking",
       .clause = "RFC 6733 5.5",
       .sentence = "Answers no DWR while a CCR waits for its answer.",
       .detectors = {{"DI-03", "missing DWA"}}},
      {.fault = Fault::M131_accounting_alone,
       .name = "M131_accounting_alone",
       .clause = "RFC 6733 5.3; RFC 8506 1.3",
       .sentence = "Offers accounting instead of credit control in its CER.",
       .detectors = {{"DI-01", "missing diameter.Auth-Application-Id"}, {"DI-02", "missing diameter.Auth-Application-Id"}}},
      {.fault = Fault::M133_dwr_every_second,
       .name = "M133_dwr_every_second",
       .clause = "RFC 3539 3.4.1",
       .sentence = "Sends DWR every second, and while one is unanswered.",
       .detectors = {{"DI-04", "unexpected DWR"}},
       .reasons = {"missing closed"}},
      {.fault = Fault::M134_closes_at_first_missed_dwa,
       .name = "M134_closes_at_first_missed_dwa",
       .clause = "RFC 3539 3.4.1",
       .sentence = "Closes the connection at the first expiry without a DWA.",
       .detectors = {{"DI-05", "unexpected closed"}}},
      {.fault = Fault::M134b_never_closes,
       .name = "M134b_never_closes",
       .clause = "RFC 3539 3.4.1",
       .sentence = "Keeps a connection on which nobody answers DWR.",
       .detectors = {{"DI-05", "missing closed"}}},
      {.fault = Fault::M136_abort_answered_only,
       .name = "M136_abort_answered_only",
       .clause = "RFC 6733 8.5; RFC 8506 5.5",
       .sentence = "Answers ASR, and goes on with the service.",
       .detectors = {{"DI-07", "missing TERMINATION"}}},
      {.fault = Fault::M137_unknown_request_dropped,
       .name = "M137_unknown_request_dropped",
       .clause = "RFC 6733 7.1.3, 7.2",
       .sentence = "Answers no request whose command it does not know.",
       .detectors = {{"DI-08", "missing 9999999"}}},
  };
}

std::vector<FaultRow> diameter_faults() {
  return joined({request_faults(), service_faults(), answer_faults(), peer_faults()});
}

}  // namespace tollgate::refserver
