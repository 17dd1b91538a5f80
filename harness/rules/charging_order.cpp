// G1 and G3: the order of charging and service. CR 6.3.2.8 steps 3-5 and 8; RFC 8506 5.2.
#include "rules/charging_order.hpp"

#include <fmt/format.h>

#include <set>

#include "rules/party_view.hpp"

namespace tollgate::rules {

/// G1: every INVITE needs an accepted reserve answer that we had sent before it arrived; one answer covers one INVITE.
Finding invite_needs_grant(trace::Trace const& trace, Terms const&) {
  Finding finding = begin("G1", "invite_needs_grant", "CR 6.3.2.8 (3-5); RFC 8506 5.2");
  for (auto const& view : parties(trace)) {
    std::set<std::string> dialogs;
    std::size_t grants = 0;
    EventRef reserve = nullptr;
    EventRef answer = nullptr;
    for (auto const* e : view.events) {
      if (received_request(*e, "reserve_units")) reserve = e;
      if (sent_answer(*e, "reserve_units")) {
        answer = e;
        grants += e->meaning.grants_delivery ? 1 : 0;
      }
      if (!received_request(*e, "INVITE") || !e->meaning.to_tag.empty() || !dialogs.insert(e->meaning.call_id).second)
        continue;
      if (dialogs.size() <= grants) hold(finding, {answer, e});
      else if (reserve == nullptr) fail(finding, cite(*e) + " was received, but no reserve request had come", {e});
      else if (answer != nullptr && !answer->meaning.grants_delivery)
        fail(finding, fmt::format("{} was received although {} refused", cite(*e), cite(*answer)), {reserve, answer, e});
      else
        fail(finding, fmt::format("{} was received, but no successful answer to {} had been sent", cite(*e), cite(*reserve)),
             {reserve, e});
    }
  }
  return finding;
}

namespace {

/// What may trigger a debit in one push, as far as we have seen it (CR step 8).
struct Triggers {
  bool seen = false;               ///< a response of ours, or a connection that ended
  std::int64_t first_send_ns = -1;

  void note(trace::Event const& e) {
    if (sent_answer(e, "SEND")) seen = true;
    if (e.kind == trace::Kind::closed && e.channel == trace::Channel::msrp) seen = true;
    if (e.direction == trace::Direction::sent && is_request(e, "BYE")) seen = true;
    if (content_send(e) && first_send_ns < 0) first_send_ns = e.at_ns;
  }
  [[nodiscard]] bool timed_out(trace::Event const& e, Terms const& terms) const {
    return first_send_ns >= 0 && e.at_ns >= first_send_ns + terms.msrp_transaction_ns - terms.epsilon_ns;
  }
};

}  // namespace

/// G3: a debit needs a trigger: an MSRP response that we had sent, or the time limit (CR step 8; RFC 4975 7.1.1).
Finding debit_needs_trigger(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G3", "debit_needs_trigger", "CR 6.3.2.8 (8); RFC 4975 7.1.1");
  if (terms.debit_before_outcome) {
    finding.because = "not judged: the SUT declares D-PRE";
    return finding;
  }
  for (auto const& view : parties(trace)) {
    Triggers triggers;
    EventRef last_send = nullptr;
    for (auto const* e : view.events) {
      triggers.note(*e);
      if (content_send(*e)) last_send = e;
      if (!received_request(*e, "debit_units") || e->meaning.used == 0) continue;  // no units, nothing charged
      if (triggers.seen || triggers.timed_out(*e, terms)) hold(finding, {e});
      else
        fail(finding, cite(*e) + " was received, but no MSRP response had been sent and no time limit had passed",
             {last_send, e});
    }
  }
  return finding;
}

}  // namespace tollgate::rules
