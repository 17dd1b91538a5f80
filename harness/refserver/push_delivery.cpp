// Steps 7, 8 and 10 of a push: what becomes of its messages, and when that is debited.
#include <algorithm>
#include <array>

#include "refserver/push.hpp"

namespace tollgate::refserver {

Task<void> Push::deliver() {
  auto const bound = co_await msrp_events_.pop(until_told);
  if (!bound || bound->kind != MsrpEvent::Kind::bound) co_return;
  send_all();
  while (progress_.unsettled > 0 || (has(Fault::M10_debit_by_timer) && progress_.debits == 0)) {
    if (has(Fault::M07_bye_before_outcome) && progress_.unsettled == 1) bye();
    if (auto const event = co_await msrp_events_.pop(until_told)) take(*event);
  }
}

void Push::take(MsrpEvent const& event) {
  switch (event.kind) {
    case MsrpEvent::Kind::settled: return settled(event.message, event.status);
    case MsrpEvent::Kind::withdrawn: return withdrawn(event.message);
    case MsrpEvent::Kind::written: return written();
    case MsrpEvent::Kind::lost: return forgets_the_rest() ? void(progress_.unsettled = 0) : rest_failed();
    case MsrpEvent::Kind::debit: return debit(units_of_all());
    case MsrpEvent::Kind::bound: return;
  }
}

/// Of M55 and M208.
bool Push::forgets_the_rest() const {
  return has(Fault::M55_debit_lost_with_connection) ||
         (has(Fault::M208_debit_lost_with_hangup) && (user_hung_up_ || progress_.has_no_session));
}

void Push::send_all() {
  if (has(Fault::M112_newest_first)) std::ranges::reverse(progress_.messages);
  std::erase_if(progress_.messages, [this](Deferred const& message) { return !msrp_->take(message); });
  progress_.unsettled = progress_.messages.size();
  msrp_->write();
  if (has(Fault::M05_debit_before_outcome) && progress_.unsettled > 0) debit(units_of_all());
  if (has(Fault::M10_debit_by_timer))
    timer_of_m10_ = services_.clock.after(2s, [this] { msrp_events_.push({.kind = MsrpEvent::Kind::debit}); });
}

/// RFC 4975 10, and 0 for none at all.
static bool is_assigned(int status) {
  constexpr std::array all{0, 200, 400, 403, 408, 413, 415, 423, 481, 501, 506};
  return std::ranges::find(all, status) != all.end();
}

void Push::settled(std::uint64_t message, int status) {
  constexpr int ok = 200, timed_out = 0, request_timeout = 408, no_session = 481;
  bool const may_be_tried_again = status == timed_out || status == request_timeout || status == no_session;
  auto const which = std::ranges::find(progress_.messages, message, &Deferred::id);
  progress_.silent += status == timed_out ? 1 : 0;
  progress_.has_no_session |= status == no_session;
  bool const is_forgotten = has(Fault::M204_forgets_second_failure) && status == timed_out && progress_.silent > 1;
  if (which != progress_.messages.end() && (!may_be_tried_again || is_forgotten)) services_.store.remove(*which);
  bool const is_delivered = status == ok || (has(Fault::M125_unknown_status_is_success) && !is_assigned(status));
  progress_.delivered += is_delivered ? 1 : 0;
  outcome(status);
}

void Push::written() {
  progress_.is_written = true;
  debit_if_due();
}

/// It stays in the store for another push and counts for nothing in this one.
void Push::withdrawn(std::uint64_t message) {
  std::erase_if(progress_.messages, [&](Deferred const& one) { return one.id == message; });
  --progress_.unsettled;
  debit_if_due();
}

/// Step 8: an MSRP 200, an MSRP 4xx, or the time limit. Other outcomes count like a 4xx (E-SETTLE).
void Push::outcome(int status) {
  constexpr int too_large = 413, unsupported = 415;
  if (progress_.unsettled == 0) return;
  --progress_.unsettled;
  progress_.is_written |= progress_.unsettled == 0;  // a chunk that failed has ended the last message
  if (has(Fault::M05_debit_before_outcome) || has(Fault::M10_debit_by_timer)) return;
  if (has(Fault::M38_no_debit_on_4xx) && status / 100 == 4) return;
  if (has(Fault::M40_no_debit_on_other_4xx) && status / 100 == 4 && status != too_large && status != unsupported) return;
  ++progress_.outcomes;
  if (services_.config.profile.debit == Debit::each || has(Fault::M182_debit_before_and_after))
    debit(units_of_one(status));
  else
    debit_if_due();
}

/// The one debit of D-PRE, D-FIRST and D-ALL. The first two wait until everything is written, for until then nobody knows how many
/// messages this session will have sent.
void Push::debit_if_due() {
  auto const timing = services_.config.profile.debit;
  bool const before = timing == Debit::pre && progress_.is_written && !progress_.messages.empty();
  bool const at_first = timing == Debit::first && progress_.is_written && progress_.outcomes > 0;
  bool const at_last = timing == Debit::all && progress_.unsettled == 0 && progress_.outcomes > 0;
  if (progress_.debits == 0 && (before || at_first || at_last)) debit(units_of_all());
}

/// The connection or the dialog is gone: what has no outcome has failed (RFC 4975 5.4).
void Push::rest_failed() {
  constexpr int no_session = 481;
  written();
  while (progress_.unsettled > 0) outcome(no_session);
}

std::uint64_t Push::units_of_one(int status) const {
  constexpr int ok = 200;
  return services_.config.profile.units == Units::ok && status != ok ? 0 : 1;
}

std::uint64_t Push::units_of_all() const {
  switch (services_.config.profile.units) {
    case Units::sent:
      return progress_.messages.size() - progress_.uncounted +
             (has(Fault::M47_opening_send_counted) && msrp_->has_introduced_itself() ? 1 : 0);
    case Units::ok: return progress_.delivered;
    case Units::flat: return 1;
  }
  return 0;
}

void Push::debit(std::uint64_t units) {
  ++progress_.debits;
  if (has(Fault::M49_one_unit_always)) units = 1;
  auto const sent = has(Fault::M52_failed_messages_uncounted) ? progress_.delivered : progress_.messages.size();
  credit_.debit(units, {.sent = static_cast<std::uint32_t>(sent), .delivered = static_cast<std::uint32_t>(progress_.delivered)});
}

}  // namespace tollgate::refserver
