// Faults of the reference server that wait for their cases, by id.
#include "refserver/faults.hpp"

namespace tollgate::refserver {

static std::vector<FaultRow> const rows{
    {Fault::M28_invite_despite_5xxx, "M28", "M28_invite_despite_5xxx", "RFC 8506 Table 3, 9.2",
     "Sends the INVITE although the reservation was answered 5xxx.",
     {{"NC-03", "unexpected INVITE"}, {"NC-03", "G1"}},
     {"G1"}},
    {Fault::M34_open_after_tx, "M34", "M34_open_after_tx", "RFC 8506 8.14, 13",
     "Sends the INVITE when Tx has passed without an answer.",
     {{"NT-01", "unexpected INVITE"}, {"NT-01", "G1"}},
     {"G1"}},
    {Fault::M35_late_answer_starts_push, "M35", "M35_late_answer_starts_push", "RFC 8506 5.7, Table 3",
     "Sends the INVITE when the answer comes after Tx.",
     {{"NT-03", "unexpected INVITE"}, {"NT-03", "G1"}},
     {"G1"}},
    {Fault::M37_rejection_deletes_messages, "M37", "M37_rejection_deletes_messages", "RFC 3261 13.2.2.3; CR 6.3.2.8 (6)",
     "Deletes the stored messages when the INVITE is rejected.",
     {{"INV-13", "G13"}},
     {"missing reserve_units"}},
    {Fault::M56_debit_without_delivery, "M56", "M56_debit_without_delivery", "CR 6.3.2.8 (8)",
     "Debits a unit although the INVITE was rejected and nothing was sent.",
     {{"DBT-16", "G3"}},
     {"G4", "unexpected debit_units"}},
    {Fault::M62_one_session_id_a_user, "M62", "M62_one_session_id_a_user", "RFC 6733 8.8",
     "Uses one Session-Id for every push of a user.",
     {{"NC-12", "G7"}},
     {}},
    {Fault::M70_answers_in_order, "M70", "M70_answers_in_order", "RFC 6733 3",
     "Takes each CCA for the oldest open request, whatever its Hop-by-Hop.",
     {{"ML-02", "G1"}},
     {"unexpected INVITE"}},
    {Fault::M85_second_200_sends_again, "M85", "M85_second_200_sends_again", "RFC 3261 13.2.2.4",
     "Opens a session and sends everything again for the second copy of the 200.",
     {{"RX-02", "G13"}},
     {"G6", "unexpected SEND"}},
    {Fault::M158_no_ack_after_cancel, "M158", "M158_no_ack_after_cancel", "RFC 3261 9.1, 13.2.2.4",
     "Does not acknowledge a 200 that crosses its CANCEL.",
     {{"RC-10", "G10"}},
     {"missing ACK"}},
};

std::span<FaultRow const> candidates() { return rows; }

}  // namespace tollgate::refserver
