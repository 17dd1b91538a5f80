// The global monitors in the order of the catalogue (test purposes, section 4).
#include <array>

#include "rules/charging_order.hpp"
#include "rules/charging_sums.hpp"
#include "rules/grammar.hpp"
#include "rules/msrp_session.hpp"
#include "rules/sip_dialog.hpp"

namespace tollgate::rules {

static constexpr std::array all{
    Rule{"G1", "invite_needs_grant", "CR 6.3.2.8 (3-5); RFC 8506 5.2",
         "An INVITE comes only after an accepted reserve answer of the same push.", invite_needs_grant},
    Rule{"G2", "send_only_inside_the_session", "CR 6.3.2.8 (6-7); RFC 4975 8.2; RFC 3261 15.1.1",
         "No content SEND before the 200 to the INVITE, none after BYE or in a refused session.",
         send_only_inside_the_session},
    Rule{"G3", "debit_needs_trigger", "CR 6.3.2.8 (8); RFC 4975 7.1.1",
         "No debit before an MSRP response or the time limit (D-PRE exempt).", debit_needs_trigger},
    Rule{"G4", "units_match_messages", "CR 6.3.2.8 (8); RFC 8506 8.19",
         "Units debited are at most the messages sent and the units granted, and match the U profile in sum.",
         units_match_messages},
    Rule{"G5", "credit_sessions_close", "RFC 8506 5.4; TS 32.260 5.3.2",
         "When all is quiet, every granted credit session has been ended.", credit_sessions_close},
    Rule{"G9", "one_bye_ends_the_dialog", "RFC 3261 12.2.1.1, 15.1.1",
         "BYE only in a confirmed dialog, once, with a higher CSeq, and nothing after it.", one_bye_ends_the_dialog},
    Rule{"G12", "every_octet_parses", "RFC 3261 25.1; RFC 4975 9; RFC 6733 3, 4; RFC 8506 3",
         "Every message of the SUT keeps to the grammar of its protocol.", every_octet_parses},
};

std::span<Rule const> monitors() { return all; }

std::vector<Finding> check_all(trace::Trace const& trace, Terms const& terms) {
  std::vector<Finding> findings;
  for (Rule const& rule : all) findings.push_back(rule.check(trace, terms));
  return findings;
}

}  // namespace tollgate::rules
