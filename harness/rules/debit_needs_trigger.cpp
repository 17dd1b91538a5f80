// G3: a debit needs a settled message that no debit before it has taken. CR 6.3.2.8 step 8; RFC 4975 7.1.1.
#include <algorithm>
#include <fmt/format.h>

#include "rules/charging_order.hpp"
#include "rules/outcomes.hpp"
#include "rules/transmitted.hpp"

namespace tollgate::rules {

namespace {

[[nodiscard]] bool is_free(Message const& m) {
  return m.settled && !m.debited;
}

/// What one debit accounts for: with D-FIRST and D-ALL everything sent so far, else one settled message a unit. A SUT
/// that declares nothing may do either, so the least is taken.
void take(std::vector<Message>& messages, trace::Event const& debit, Terms const& terms) {
  bool const takes_all = terms.debit_timing == DebitTiming::first || terms.debit_timing == DebitTiming::all;
  auto left = std::max<std::uint64_t>(1, debit.meaning.used.value_or(1));
  for (auto& message : messages) {
    if (!takes_all && (left == 0 || !is_free(message))) continue;
    message.debited = true;
    left -= left > 0 ? 1 : 0;
  }
}

/// `end`: of the session or its connection, when it may have settled what no debit has taken; null when not.
void judge(Finding& finding, std::vector<Message>& messages, trace::Event const& debit, EventRef end, Terms const& terms) {
  auto const trigger = std::ranges::find_if(messages, is_free);
  auto const* last_send = messages.empty() ? nullptr : messages.back().last_send;
  bool const any_settled = std::ranges::any_of(messages, &Message::settled);
  auto const open = std::ranges::find(messages, false, &Message::settled);
  if (trigger == messages.end() && end != nullptr)
    return doubt(finding,
                 fmt::format("{} has no outcome before it, but {} may have settled what was under way", cite(debit),
                             ends_msrp(*end) ? fmt::format("the end of the MSRP connection, {} (#{}),", end->note, end->id) : cite(*end)),
                 {end, &debit});
  if (trigger == messages.end() && any_settled)
    return fail(finding, cite(debit) + " was received, but every message with an outcome had been debited before", {last_send, &debit});
  if (trigger == messages.end())
    return fail(finding, cite(debit) + " was received, but no MSRP response had been sent and no time limit had passed",
                {last_send, &debit});
  if (terms.debit_timing == DebitTiming::all && open != messages.end())
    return fail(finding,
                fmt::format("{} was received, but the SUT declares D-ALL and {} had no outcome yet", cite(debit), cite(*open->last_send)),
                {open->last_send, &debit});
  hold(finding, {trigger->settled_by, &debit});
  take(messages, debit, terms);
}

/// The end of the session or of its connection settles what was under way: what was read behind the debit, but may have come
/// before it, and what lay in a connection that we ended and nobody read.
EventRef unclear_end(PartyView const& view, Outcomes& outcomes, Transmitted const& sent, trace::Event const& debit, Terms const& terms) {
  if (terms.only_listed_outcomes) return nullptr;
  if (sent.unread_at_most() > 0) return sent.broken_by();
  if (outcomes.ended_by() != nullptr && send_close_behind(view, debit, terms) != nullptr) return outcomes.ended_by();
  bool const some_under_way = std::ranges::any_of(outcomes.messages(), [](Message const& m) { return !m.settled && !m.debited; });
  return some_under_way ? msrp_end_close_behind(view, debit, terms) : nullptr;
}

}  // namespace

/// A debit that was received before we had sent what triggers it was sent before that, too: no clock decides this.
Finding debit_needs_trigger(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G3", "debit_needs_trigger", "CR 6.3.2.8 (8); RFC 4975 7.1.1");
  if (terms.debit_before_outcome || terms.debit_timing == DebitTiming::pre) {
    finding.because = "not judged: the SUT declares D-PRE, or an MSRP relay answers its SENDs, when nobody sees";
    return finding;
  }
  for (auto const& view : parties(trace)) {
    Outcomes outcomes(trace, terms);
    Transmitted sent(trace);
    Resent resent;
    for (auto const* e : view.events) {
      outcomes.note(*e);
      sent.note(*e);
      if (e->direction == trace::Direction::sent && is_request(*e, "ASR")) break;  // ends the service by itself (RFC 6733 8.5)
      if (!received_request(*e, "debit_units") || e->meaning.used == 0) continue;  // no units, nothing charged
      if (!resent.seen_before(*e)) judge(finding, outcomes.messages(), *e, unclear_end(view, outcomes, sent, *e, terms), terms);
    }
  }
  return finding;
}

}  // namespace tollgate::rules
