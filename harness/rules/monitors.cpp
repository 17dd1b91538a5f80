// The global monitors in the order of the catalogue (test purposes, section 4).
#include <array>

#include "rules/accepted_invites.hpp"
#include "rules/charging_order.hpp"
#include "rules/charging_sums.hpp"
#include "rules/conservation.hpp"
#include "rules/credit_identity.hpp"
#include "rules/grammar.hpp"
#include "rules/liveness.hpp"
#include "rules/msrp_session.hpp"
#include "rules/sip_dialog.hpp"

namespace tollgate::rules {

static constexpr std::array all{
    Rule{"G1", "invite_needs_grant", "CR 6.3.2.8 (3-5); RFC 8506 5.2",
         "An INVITE comes only after an accepted reserve answer of the same push.", invite_needs_grant},
    Rule{"G2", "send_only_inside_the_session", "CR 6.3.2.8 (6-7); RFC 4975 8.2; RFC 3261 15.1.1",
         "No content SEND before the 200 to the INVITE, none after BYE or in a refused session.", send_only_inside_the_session},
    Rule{"G3", "debit_needs_trigger", "CR 6.3.2.8 (8); RFC 4975 7.1.1",
         "No debit before an MSRP response or the time limit (D-PRE exempt).", debit_needs_trigger},
    Rule{"G4", "units_match_messages", "CR 6.3.2.8 (8); RFC 8506 8.19",
         "Units debited are at most the messages sent and the units granted, match the U profile in sum, and are not left out.",
         units_match_messages},
    Rule{"G5", "credit_sessions_close", "RFC 8506 5.4; TS 32.260 5.3.2", "When all is quiet, every granted credit session has been ended.",
         credit_sessions_close},
    Rule{"G6", "one_debit_a_message", "CR 6.3.2.8 (8); RFC 8506 5.7", "No message contributes to two debits.", one_debit_a_message},
    Rule{"G7", "credit_sessions_are_named_once", "RFC 6733 8.8; RFC 8506 5.2, 8.2, 8.46",
         "Each push has a Session-Id of its own, numbers that count, and one subscriber: the user who registered.",
         credit_sessions_are_named_once},
    Rule{"G8", "identifiers_are_unique", "RFC 6733 3, 5.5.4",
         "Hop-by-Hop is unique among what is outstanding, End-to-End over the run; T only on what is sent again.", identifiers_are_unique},
    Rule{"G9", "one_bye_ends_the_dialog", "RFC 3261 12.2.1.1, 15.1.1",
         "BYE only in a confirmed dialog, once, with a higher CSeq, and nothing after it.", one_bye_ends_the_dialog},
    Rule{"G10", "every_200_is_acknowledged", "RFC 3261 13.2.2.4", "Every copy of a 200 to the INVITE is answered with an ACK.",
         every_200_is_acknowledged},
    Rule{"G11", "transaction_ids_are_unique", "RFC 4975 7.1",
         "An MSRP transaction id is unique among what is outstanding, and its end-line is not in the body.", transaction_ids_are_unique},
    Rule{"G12", "every_octet_parses", "RFC 3261 25.1; RFC 8866 9; RFC 3264; RFC 4975 9; RFC 6733 3, 4; RFC 8506 3",
         "Every message of the SUT keeps to each MUST of its grammar, its descriptions to those before.", every_octet_parses},
    Rule{"G13", "stored_messages_are_conserved", "CR 6.3.2.8 (6-10); RFC 3261 13.2.2.3",
         "Each stored message is delivered and confirmed once, or kept, or refused for good.", stored_messages_are_conserved},
    Rule{"G14", "sut_stays_alive", "RFC 3261 8.2.7, 11.2; RFC 6733 5.5",
         "The SUT answers OPTIONS, REGISTER and DWR, and leaves nothing open when all is quiet.", sut_stays_alive},
};

std::span<Rule const> monitors() {
  return all;
}

std::vector<Finding> check_all(trace::Trace const& trace, Terms const& terms) {
  std::vector<Finding> findings;
  for (Rule const& rule : all) findings.push_back(rule.check(trace, terms));
  return findings;
}

}  // namespace tollgate::rules
