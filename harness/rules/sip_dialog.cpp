// G9: BYE only in a confirmed dialog, once, with a CSeq above all before, and nothing of the dialog after it.
#include "rules/sip_dialog.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "rules/party_view.hpp"

namespace tollgate::rules {

namespace {

struct Dialog {
  bool confirmed = false;
  std::uint32_t cseq = 0;       ///< highest of the SUT's requests but ACK and CANCEL
  EventRef bye = nullptr;       ///< theirs
  EventRef hung_up = nullptr;   ///< their 200 to our BYE
};

/// Call-ID and our tag: a forked INVITE makes several dialogs with one Call-ID (RFC 3261 12).
using Key = std::pair<std::string, std::string>;

class Dialogs {
 public:
  Dialogs(trace::Trace const& trace, Finding& finding, Terms const& terms) : trace_(trace), finding_(finding), terms_(terms) {}

  void note(trace::Event const& e) {
    if (sent_answer(e, "INVITE") && e.meaning.status / 100 == 2) dialogs_[{call_id_of_request(e), e.meaning.to_tag}].confirmed = true;
    if (e.direction != trace::Direction::received) return;
    bool const ends_ours = e.meaning.status / 100 == 2 && e.meaning.name == "BYE";
    if (ends_ours) of(e, e.meaning.from_tag).hung_up = &e;
    if (!e.meaning.is_request() || e.meaning.name == "ACK" || e.meaning.name == "CANCEL") return;
    if (e.meaning.name == "INVITE" && e.meaning.to_tag.empty())
      invites_[e.meaning.call_id] = std::max(invites_[e.meaning.call_id], e.meaning.cseq);
    else if (e.meaning.name == "BYE" || dialogs_.contains({e.meaning.call_id, e.meaning.to_tag}))
      take_request(e);
  }

 private:
  /// Of the INVITE: a 200 whose own Call-ID a case has broken is still matched by its branch (RFC 3261 17.1.3).
  [[nodiscard]] std::string const& call_id_of_request(trace::Event const& answer) const {
    return answer.about != 0 ? trace_.at(answer.about).meaning.call_id : answer.meaning.call_id;
  }
  Dialog& of(trace::Event const& e, std::string const& our_tag) { return dialogs_[{e.meaning.call_id, our_tag}]; }

  void take_request(trace::Event const& e) {
    Dialog& dialog = of(e, e.meaning.to_tag);
    dialog.cseq = std::max(dialog.cseq, invites_[e.meaning.call_id]);
    if (dialog.bye != nullptr)
      after_bye(dialog, e);
    else if (e.meaning.name == "BYE")
      take_bye(dialog, e);
    dialog.cseq = std::max(dialog.cseq, e.meaning.cseq);
  }
  /// UDP may change the order, and what was lost comes late; a number above that of the BYE was given after it.
  void after_bye(Dialog const& dialog, trace::Event const& e) {
    if (e.transport == trace::Transport::udp && e.meaning.cseq < dialog.bye->meaning.cseq)
      return doubt(finding_, fmt::format("{} came after {}, but its CSeq is older and UDP keeps no order", cite(e), cite(*dialog.bye)),
                   {dialog.bye, &e});
    fail(finding_, fmt::format("{} came in a dialog that {} had ended", cite(e), cite(*dialog.bye)), {dialog.bye, &e});
  }
  void take_bye(Dialog& dialog, trace::Event const& e) {
    dialog.bye = &e;
    if (!dialog.confirmed) return fail(finding_, cite(e) + " came, but no 200 to an INVITE had been sent", {&e});
    if (e.meaning.cseq <= dialog.cseq)
      return fail(finding_, fmt::format("{} has CSeq {}, not above {}", cite(e), e.meaning.cseq, dialog.cseq), {&e});
    if (dialog.hung_up == nullptr) return hold(finding_, {&e});
    // BYEs may cross (RFC 3261 15.1.1); over UDP a lost one comes with the next repetition.
    auto const allowance = e.transport == trace::Transport::udp ? terms_.live_ns : terms_.epsilon_ns;
    if (e.at_ns <= dialog.hung_up->at_ns + allowance)
      return doubt(finding_, fmt::format("{} came after {}, but the two may have crossed", cite(e), cite(*dialog.hung_up)),
                   {dialog.hung_up, &e});
    fail(finding_, fmt::format("{} came in a dialog that {} had ended", cite(e), cite(*dialog.hung_up)), {dialog.hung_up, &e});
  }

  trace::Trace const& trace_;
  Finding& finding_;
  Terms const& terms_;
  std::map<Key, Dialog> dialogs_;
  std::map<std::string, std::uint32_t> invites_;  ///< CSeq of the INVITE, by Call-ID
};

}  // namespace

Finding one_bye_ends_the_dialog(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G9", "one_bye_ends_the_dialog", "RFC 3261 12.2.1.1, 15.1.1");
  Dialogs dialogs(trace, finding, terms);
  for (auto const& e : trace.events())
    if (e.repeats == 0 && e.channel == trace::Channel::sip && e.kind == trace::Kind::message) dialogs.note(e);
  return finding;
}

}  // namespace tollgate::rules
