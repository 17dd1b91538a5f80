#pragma once
/// Messages that had an outcome and that no debit takes. CR 6.3.2.8 step 8: a debit SHALL be triggered by an MSRP 200, a 4xx, or no
/// response in time; RFC 8506 5.4: used units are reported at the latest when the credit session ends.
#include <vector>

#include "rules/party_view.hpp"

namespace tollgate::rules {

/// Credit sessions that were open together, and all ended without any debit.
struct LostDebit {
  EventRef grant = nullptr;    ///< of the first of them
  EventRef outcome = nullptr;  ///< our answer to a SEND under that grant, which triggers a debit under every reading that is left open
  EventRef closed = nullptr;   ///< our answer to what ended the last of them
};

/// Of one party. Nothing is demanded of a grant that is free (4011), late or broken, of a service that we have ended (ASR) or another
/// answer of ours has, nor for an answer that is late or broken, or so close to an end of its session that the SUT need not have read it.
[[nodiscard]] std::vector<LostDebit> lost_debits(PartyView const& view, trace::Trace const& trace, Terms const& terms);

}  // namespace tollgate::rules
