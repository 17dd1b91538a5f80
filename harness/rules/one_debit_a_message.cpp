// G6: no message contributes to two debits. CR 6.3.2.8 step 8; RFC 6733 8.8, RFC 8506 5.7 for what is sent again.
#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "rules/charging_sums.hpp"
#include "rules/outcomes.hpp"
#include "rules/transmitted.hpp"

namespace tollgate::rules {

namespace {

/// What one party was debited so far.
struct Tally {
  std::uint64_t claimed = 0;      ///< messages that debits have accounted for
  EventRef last_debit = nullptr;  ///< with units
};

std::uint64_t read_soon(Transmitted sent, std::span<EventRef const> later, trace::Event const& debit, Terms const& terms) {
  for (auto const* e : later) {
    if (e->at_ns > debit.at_ns + terms.epsilon_ns) break;
    sent.note(*e);
  }
  return sent.read();
}

/// A debit of n units accounts for n messages, under U-FLAT and U-OK for one at least. Who debits when no message is left
/// that no debit has taken has debited one twice. What a single debit claims too much is G4's to say.
/// `soon` counts what was read so shortly behind the debit that two sockets do not say which was first.
void judge(Finding& finding, Tally& tally, Transmitted const& sent, std::uint64_t soon, trace::Event const& debit, Terms const& terms) {
  auto const used = terms.flat_units ? 1 : debit.meaning.used.value_or(1);
  auto const claimed = tally.claimed + used;
  bool const is_too_much = tally.last_debit != nullptr && claimed > sent.read();
  if (is_too_much && claimed <= sent.read() + sent.unread_at_most())
    return doubt(finding,
                 fmt::format("{} debits more than was read, but the MSRP connection had been {} (#{}): more may have been sent",
                             cite(debit), sent.broken_by()->note, sent.broken_by()->id),
                 {sent.broken_by(), &debit});
  if (is_too_much && claimed <= soon) {
    tally.claimed = claimed;
    tally.last_debit = &debit;
    return doubt(finding,
                 fmt::format("{} debits {} more, and a SEND came within {} ms of it", cite(debit), used, terms.epsilon_ns / 1'000'000),
                 {&debit});
  }
  if (is_too_much)
    return fail(finding,
                fmt::format("{} debits {} although {} of {} messages sent had been debited up to {}", cite(debit), used,
                            std::min<std::uint64_t>(tally.claimed, sent.read()), sent.read(), cite(*tally.last_debit)),
                {sent.last_send(), tally.last_debit, &debit});
  hold(finding, {sent.last_send(), &debit});
  tally.claimed = std::min<std::uint64_t>(claimed, std::max<std::uint64_t>(sent.read(), 1));
  tally.last_debit = &debit;
}

}  // namespace

/// A request that is sent again after a failover, with the T flag, its session and its number, is the same debit.
Finding one_debit_a_message(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G6", "one_debit_a_message", "CR 6.3.2.8 (8); RFC 8506 5.7");
  for (auto const& view : parties(trace)) {
    Tally tally;
    Transmitted sent(trace);
    Resent resent;
    if (terms.debit_before_outcome)  // the debit of a push comes before its SENDs: what has been sent in all counts
      for (auto const* e : view.events) sent.note(*e);
    for (std::size_t i = 0; i < view.events.size(); ++i) {
      auto const* const e = view.events[i];
      if (!terms.debit_before_outcome) sent.note(*e);
      if (!received_request(*e, "debit_units") || e->meaning.used == 0 || resent.seen_before(*e)) continue;
      judge(finding, tally, sent, read_soon(sent, std::span(view.events).subspan(i + 1), *e, terms), *e, terms);
    }
  }
  return finding;
}

}  // namespace tollgate::rules
