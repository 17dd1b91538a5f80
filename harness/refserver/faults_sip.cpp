// What is wrong in SIP.
#include "refserver/faults_by_section.hpp"

namespace tollgate::refserver {

/// The INVITE, what answers it, and the ACK.
static std::vector<FaultRow> invite_faults() {
  return {
      {.fault = Fault::M83_route_set_as_recorded,
       .name = "M83_route_set_as_recorded",
       .clause = "RFC 3261 12.1.2",
       .sentence = "Keeps the recorded route in the order in which the 200 has it.",
       .detectors = {{"BYE-01", "missing ACK"}, {"INV-10", "wrong sip.Route.user"}},
       .reasons = {"G10"}},
      {.fault = Fault::M85_second_200_sends_again,
       .name = "M85_second_200_sends_again",
       .clause = "RFC 3261 13.2.2.4",
       .sentence = "Opens a session and sends everything again for the second copy of the 200.",
       .detectors = {{"RX-02", "G13"}},
       .reasons = {"G2", "wrong delivery"}},
      {.fault = Fault::M86_new_branch_in_ack,
       .name = "M86_new_branch_in_ack",
       .clause = "RFC 3261 17.1.1.3",
       .sentence = "Gives the ACK of a refusal a branch of its own.",
       .detectors = {{"INV-09", "wrong sip.Via.branch"}}},
      {.fault = Fault::M88_repeats_after_100,
       .name = "M88_repeats_after_100",
       .clause = "RFC 3261 17.1.1.2",
       .sentence = "Goes on repeating the INVITE after a provisional response.",
       .detectors = {{"INV-11", "wrong count of INVITE"}, {"RX-03", "repeated INVITE"}},
       .reasons = {"missing CANCEL"}},
      {.fault = Fault::M88b_repeats_over_tcp,
       .name = "M88b_repeats_over_tcp",
       .clause = "RFC 3261 17.1.1.2",
       .sentence = "Repeats the INVITE over TCP.",
       .detectors = {{"RX-03", "wrong repetitions"}}},
      {.fault = Fault::M91_invite_per_message,
       .name = "M91_invite_per_message",
       .clause = "CR 6.3.2.8 (5, 7)",
       .sentence = "Sends an INVITE for each stored message.",
       .detectors = {{"INV-15", "unexpected INVITE"}, {"ORD-02", "unexpected INVITE"}},
       .reasons = {"wrong units", "G4", "wrong msrp.Message-ID", "G13", "missing 200 SEND", "missing SEND", "still open",
                   "wrong count of INVITE"}},
      {.fault = Fault::M94_length_too_small,
       .name = "M94_length_too_small",
       .clause = "RFC 3261 20.14; RFC 8866 5",
       .sentence = "Gives the INVITE a Content-Length one octet too small, which cuts the last line end of its SDP.",
       .detectors = {{"INV-05", "wrong sip.msg_body"}, {"SDP-01", "G12"}},
       .reasons = {"missing SEND"}},
      {.fault = Fault::M140_invite_to_aor,
       .name = "M140_invite_to_aor",
       .clause = "RFC 3261 16.5, 16.6",
       .sentence = "Sends the INVITE with the address-of-record for its Request-URI instead of the contact.",
       .detectors = {{"INV-01", "wrong sip.r-uri.host"}}},
  };
}

/// To whom the INVITE goes, and how often.
static std::vector<FaultRow> callee_faults() {
  return {
      {.fault = Fault::M142_two_contacts,
       .name = "M142_two_contacts",
       .clause = "RFC 3261 8.1.1.8",
       .sentence = "Puts two Contact fields into the INVITE.",
       .detectors = {{"INV-04", "wrong sip.Contact"}},
       .reasons = {"G12"}},
      {.fault = Fault::M143_no_feature_tag,
       .name = "M143_no_feature_tag",
       .clause = "RFC 3841 9.2; RFC 3325 9.1; OMA SIMPLE IM",
       .sentence = "Leaves +g.oma.sip-im out of the INVITE, which it sends in the name of the served user himself.",
       .detectors = {{"INV-06", "missing sip.Accept-Contact"}, {"INV-07", "wrong sip.From.aor"}}},
      {.fault = Fault::M145_redirect_reserves_again,
       .name = "M145_redirect_reserves_again",
       .clause = "RFC 3261 8.1.3.4; RFC 8506 5.4",
       .sentence = "Reserves once more when it follows a 302, and never ends one of the two reservations.",
       .detectors = {{"INV-14", "unexpected reserve_units"}},
       .reasons = {"G5"}},
      {.fault = Fault::M149_invites_for_ever,
       .name = "M149_invites_for_ever",
       .clause = "RFC 3261 17.1.1.2; RFC 8506 5.4",
       .sentence = "Sends another INVITE whenever one was not answered within 64*T1.",
       .detectors = {{"NT-04", "missing TERMINATION"}}},
      {.fault = Fault::M158_no_ack_after_cancel,
       .name = "M158_no_ack_after_cancel",
       .clause = "RFC 3261 9.1, 13.2.2.4",
       .sentence = "Does not acknowledge a 200 that crosses its CANCEL.",
       .detectors = {{"RC-10", "G10"}},
       .reasons = {"missing ACK"}},
  };
}

/// What follows in the dialog.
static std::vector<FaultRow> dialog_faults() {
  return {
      {.fault = Fault::M80_bye_with_cseq_of_invite,
       .name = "M80_bye_with_cseq_of_invite",
       .clause = "RFC 3261 12.2.1.1",
       .sentence = "Gives the BYE the CSeq number of the INVITE.",
       .detectors = {{"BYE-02", "wrong sip.CSeq.seq"}},
       .reasons = {"G9"}},
      {.fault = Fault::M82_bye_to_registered_contact,
       .name = "M82_bye_to_registered_contact",
       .clause = "RFC 3261 12.2.1.1, 15.1.1",
       .sentence = "Sends the BYE to the contact that was registered instead of the Contact of the 200.",
       .detectors = {{"BYE-01", "wrong sip.r-uri"}, {"INV-08", "wrong sip.r-uri"}},
       .reasons = {"missing BYE"}},
      {.fault = Fault::M92_bye_after_bye,
       .name = "M92_bye_after_bye",
       .clause = "RFC 3261 15.1.2",
       .sentence = "Sends a BYE of its own after the user has hung up.",
       .detectors = {{"BYE-06", "unexpected BYE"}}},
      {.fault = Fault::M146_no_dialog_for_invite,
       .name = "M146_no_dialog_for_invite",
       .clause = "RFC 3261 12.2.2, 14.2",
       .sentence = "Answers 481 to a re-INVITE or UPDATE in its own dialog.",
       .detectors = {{"INV-16", "missing 200 INVITE|405 INVITE|488 INVITE|491 INVITE|501 INVITE"}}},
      {.fault = Fault::M148_bye_for_ever,
       .name = "M148_bye_for_ever",
       .clause = "RFC 3261 17.1.2.2, 15.1.1",
       .sentence = "Goes on repeating a BYE past 64*T1.",
       .detectors = {{"BYE-04", "repeated BYE"}, {"RX-10", "repeated BYE"}}},
      {.fault = Fault::M148b_bye_without_t2,
       .name = "M148b_bye_without_t2",
       .clause = "RFC 3261 17.1.2.2",
       .sentence = "Doubles the time between the copies of a BYE past T2.",
       .detectors = {{"RX-10", "wrong repetitions"}}},
      {.fault = Fault::M157_bye_of_no_dialog,
       .name = "M157_bye_of_no_dialog",
       .clause = "RFC 3261 15.1.2",
       .sentence = "Answers 200 to a BYE of no dialog and ends the push of its sender.",
       .detectors = {{"BYE-08", "missing 481 BYE"}}},
  };
}

/// REGISTER.
static std::vector<FaultRow> registration_faults() {
  return {
      {.fault = Fault::M89_new_tag_on_repetition,
       .name = "M89_new_tag_on_repetition",
       .clause = "RFC 3261 17.2.2",
       .sentence = "Gives the 200 another To tag when the REGISTER comes again.",
       .detectors = {{"REG-02", "wrong sip.To.tag"}, {"RX-01", "wrong sip.To.tag"}}},
      {.fault = Fault::M151_wildcard_at_any_time,
       .name = "M151_wildcard_at_any_time",
       .clause = "RFC 3261 10.3 step 6",
       .sentence = "Takes Contact: * for the removal of all bindings whatever its Expires and the other contacts.",
       .detectors = {{"REG-06", "missing 400 REGISTER"}}},
      {.fault = Fault::M152_binding_without_expires,
       .name = "M152_binding_without_expires",
       .clause = "RFC 3261 10.3 step 8",
       .sentence = "Lists the bindings in the 200 to REGISTER without their expires.",
       .detectors = {{"REG-01", "missing sip.Contact.expires"}}},
      {.fault = Fault::M154_charges_s_cscf,
       .name = "M154_charges_s_cscf",
       .clause = "3GPP TS 24.229 5.4.1.7; RFC 8506 8.46",
       .sentence = "Charges the S-CSCF that has registered in the name of a user.",
       .detectors = {{"REG-13", "missing reserve_units"}},
       .reasons = {"G1"}},
      {.fault = Fault::M155_no_min_expires,
       .name = "M155_no_min_expires",
       .clause = "RFC 3261 10.3 step 7, 20.23",
       .sentence = "Answers 423 without Min-Expires.",
       .detectors = {{"REG-12", "missing sip.Min-Expires"}},
       .reasons = {"G12"}},
  };
}

std::vector<FaultRow> sip_faults() {
  return joined({invite_faults(), callee_faults(), dialog_faults(), registration_faults()});
}

}  // namespace tollgate::refserver
