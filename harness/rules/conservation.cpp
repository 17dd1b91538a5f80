// G13: each stored message is delivered and confirmed once, or kept, or refused for good. CR 6.3.2.8; RFC 3261 13.2.2.3.
#include "rules/conservation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "codec/sip/message.hpp"
#include "rules/broken_answer.hpp"
#include "rules/stored_messages.hpp"

namespace tollgate::rules {

namespace {

/// Whether a recipient's push runs, and a registration that should begin another one.
struct Recipient {
  bool was_granted = false;         ///< reservations work: the last one was granted
  std::string call_id;              ///< of the newest INVITE
  bool was_accepted = false;        ///< and there is a dialog, which a BYE of ours can end
  EventRef failed = nullptr;        ///< how that INVITE ended without content: a refusal that is not final, or BYE
  EventRef over = nullptr;          ///< that push ended: before it another registration is a refresh during it
  EventRef registered = nullptr;    ///< a registration after `over`
  bool sent_content = false;        ///< or may have: we ended the connection, and what lay in it nobody read
};

/// 403, 404, 410 and 6xx may be final by policy; of the others the message has to survive (INV-13).
bool keeps_message(int status) {
  constexpr int forbidden = 403, not_found = 404, gone = 410;
  return status / 100 >= 4 && status / 100 <= 5 && status != forbidden && status != not_found && status != gone;
}

/// A 200 to REGISTER that lists a contact.
bool is_reachable(trace::Event const& answer) {
  auto const message = sip::Message::parse(answer.octets);
  return message && message->value(sip::Name::contact).has_value();
}

/// There was no such dialog for the SUT, so nothing has ended: a 200 of ours may not have reached it as it was meant.
bool refuses_bye(trace::Event const& e) {
  constexpr int no_dialog = 481;
  return e.direction == trace::Direction::received && e.meaning.name == "BYE" && e.meaning.status == no_dialog;
}

class Conservation {
 public:
  Conservation(trace::Trace const& trace, Terms const& terms, Finding& finding)
      : trace_(trace), terms_(terms), finding_(finding), messages_(trace, terms) {}

  void note(trace::Event const& e) {
    messages_.note(e);
    if (auto const* what = messages_.confirmed_by(e)) confirmed(*what, e);
    if (!e.party.empty()) follow(recipients_[e.party], e);
  }

  void at_end() {
    for (auto const& [party, recipient] : recipients_) {
      bool const waited = recipient.registered != nullptr && trace_.events().back().at_ns >= recipient.registered->at_ns + terms_.live_ns;
      if (waited) missing(party, recipient);
    }
  }

 private:
  void confirmed(Stored const& what, trace::Event const& e) {
    auto const times = what.confirmed.at(e.actor);
    if (times <= what.stored.size()) return hold(finding_, {what.stored.front(), &e});
    if (what.uncertain)
      return doubt(finding_, fmt::format("{} confirms a message again, but the 200 to the first may have been lost", cite(e)), {&e});
    fail(finding_,
         fmt::format("{} confirms a message of which {} had all been confirmed: it was stored {} times and delivered {} times", cite(e),
                     cite(*what.stored.back()), what.stored.size(), times),
         {what.stored.back(), &e});
  }

  void follow(Recipient& r, trace::Event const& e) {
    if (sent_answer(e, "reserve_units")) r.was_granted = e.meaning.grants_delivery;
    if (received_request(e, "reserve_units") || (received_request(e, "INVITE") && e.meaning.to_tag.empty())) {
      r = {.was_granted = r.was_granted, .call_id = e.meaning.call_id};
    }
    r.sent_content |= content_send(e) || breaks_msrp(e);
    bool const of_invite = !r.call_id.empty() && e.meaning.call_id == r.call_id;
    if (of_invite && sent_answer(e, "INVITE") && keeps_message(e.meaning.status) && !may_be_dropped(trace_, e)) r.failed = r.over = &e;
    r.was_accepted |= of_invite && sent_answer(e, "INVITE") && e.meaning.status / 100 == 2;
    bool const ends = is_request(e, "BYE") && (r.was_accepted || e.direction == trace::Direction::received);
    // A BYE of ours ends nothing for a SUT that still waits for the answer to its own.
    bool const crosses =
        e.direction == trace::Direction::sent && r.failed != nullptr && received_request(*r.failed, "BYE") && r.over == nullptr;
    if (of_invite && ends && !r.sent_content && !crosses) {
      r.failed = &e;
      r.over = e.direction == trace::Direction::sent ? &e : nullptr;
    }
    if (r.failed != nullptr && e.about == r.failed->id && refuses_bye(e)) r.failed = r.over = r.registered = nullptr;
    if (r.failed != nullptr && sent_answer(e, "BYE") && e.about == r.failed->id && !may_be_dropped(trace_, e)) r.over = &e;
    bool const registered = e.direction == trace::Direction::received && e.meaning.name == "REGISTER" && e.meaning.status / 100 == 2 &&
                            e.repeats == 0 && is_reachable(e);
    bool const is_later = r.over != nullptr && e.about > r.over->id && !is_close(*r.over, trace_.at(e.about), terms_);
    if (registered && is_later && r.registered == nullptr) r.registered = &e;
  }

  /// The recipient was invited for messages, refused for now, and registered again: what lay there must be pushed.
  void missing(std::string const& party, Recipient const& r) {
    for (auto const& [key, stored] : messages_.all()) {
      if (key.first != party || stored.attempted || stored.stored.front()->id > r.failed->id || !r.was_granted) continue;
      return fail(finding_,
                  fmt::format("{} was stored, {} did not deliver it, and {} brought no reservation: it was not kept",
                              cite(*stored.stored.front()), cite(*r.failed), cite(*r.registered)),
                  {stored.stored.front(), r.failed, r.registered});
    }
  }

  trace::Trace const& trace_;
  Terms const& terms_;
  Finding& finding_;
  StoredMessages messages_;
  std::map<std::string, Recipient> recipients_;
};

}  // namespace

/// A copy that our own fault made necessary (a late 200, a connection that we broke) is not counted against the SUT.
Finding stored_messages_are_conserved(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G13", "stored_messages_are_conserved", "CR 6.3.2.8 (6-10); RFC 3261 13.2.2.3");
  Conservation conservation(trace, terms, finding);
  for (auto const& e : trace.events())
    if (e.repeats == 0) conservation.note(e);
  conservation.at_end();
  return finding;
}

}  // namespace tollgate::rules
