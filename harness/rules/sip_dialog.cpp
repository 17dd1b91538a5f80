// G9: BYE only in a confirmed dialog, once, with a CSeq above all before, and nothing of the dialog after it.
#include "rules/sip_dialog.hpp"

#include <fmt/format.h>

#include <map>

#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

struct Dialog {
  bool confirmed = false;
  std::uint32_t cseq = 0;  ///< highest of the SUT's requests but ACK and CANCEL
  EventRef bye = nullptr;
};

void judge(Finding& finding, Dialog& dialog, trace::Event const& e) {
  bool const counts = e.meaning.name != "ACK" && e.meaning.name != "CANCEL";
  if (dialog.bye != nullptr && counts)
    return fail(finding, fmt::format("{} came in a dialog that {} had ended", cite(e), cite(*dialog.bye)), {dialog.bye, &e});
  if (e.meaning.name == "BYE") {
    if (!dialog.confirmed) fail(finding, cite(e) + " came, but no 200 to an INVITE had been sent", {&e});
    else if (e.meaning.cseq <= dialog.cseq)
      fail(finding, fmt::format("{} has CSeq {}, not above {}", cite(e), e.meaning.cseq, dialog.cseq), {&e});
    else hold(finding, {&e});
    dialog.bye = &e;
  }
  if (counts && e.meaning.cseq > dialog.cseq) dialog.cseq = e.meaning.cseq;
}

}  // namespace

Finding one_bye_ends_the_dialog(trace::Trace const& trace, Terms const&) {
  Finding finding = begin("G9", "one_bye_ends_the_dialog", "RFC 3261 12.2.1.1, 15.1.1");
  std::map<std::string, Dialog> dialogs;
  for (auto const& e : trace.events()) {
    if (e.repeats != 0 || e.channel != trace::Channel::sip || e.kind != trace::Kind::message) continue;
    if (sent_answer(e, "INVITE") && e.meaning.status / 100 == 2) dialogs[e.meaning.call_id].confirmed = true;
    bool const in_dialog = received_request(e, "INVITE") || dialogs.contains(e.meaning.call_id) || received_request(e, "BYE");
    if (e.direction == trace::Direction::received && e.meaning.is_request() && in_dialog)
      judge(finding, dialogs[e.meaning.call_id], e);
  }
  return finding;
}

}  // namespace tollgate::rules
