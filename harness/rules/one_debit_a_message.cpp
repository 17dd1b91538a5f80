// G6: no message contributes to two debits. CR 6.3.2.8 step 8; RFC 6733 8.8, RFC 8506 5.7 for what is sent again.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "rules/charging_sums.hpp"
#include "rules/outcomes.hpp"
#include "rules/unread.hpp"

namespace tollgate::rules {

namespace {

/// What one party was sent and debited so far.
struct Tally {
  std::size_t sessions = 0;
  std::set<std::string> transmitted;  ///< Message-ID and session: what comes again in another session is sent again
  std::uint64_t claimed = 0;          ///< messages that debits have accounted for
  EventRef last_send = nullptr;
  EventRef last_debit = nullptr;      ///< with units
};

/// A debit of n units accounts for n messages, under U-FLAT and U-OK for one at least. Who debits when no message is left
/// that no debit has taken has debited one twice. What a single debit claims too much is G4's to say.
void judge(Finding& finding, Tally& tally, Unread const& unread, trace::Event const& debit, Terms const& terms) {
  auto const used = terms.flat_units ? 1 : debit.meaning.used.value_or(1);
  bool const nothing_left = tally.claimed >= tally.transmitted.size();
  bool const is_too_much = tally.last_debit != nullptr && (nothing_left || tally.claimed + used > tally.transmitted.size());
  auto const perhaps_sent = tally.transmitted.size() + unread.at_most();
  if (is_too_much && tally.claimed < perhaps_sent && tally.claimed + used <= perhaps_sent)
    return doubt(finding, fmt::format("{} debits more than was read, but the MSRP connection had been {} (#{}): more may have been sent", cite(debit),
                                      unread.broken_by()->note, unread.broken_by()->id), {unread.broken_by(), &debit});
  if (is_too_much)
    return fail(finding,
                fmt::format("{} debits {} although {} of {} messages sent had been debited up to {}", cite(debit), used,
                            std::min<std::uint64_t>(tally.claimed, tally.transmitted.size()), tally.transmitted.size(), cite(*tally.last_debit)),
                {tally.last_send, tally.last_debit, &debit});
  hold(finding, {tally.last_send, &debit});
  tally.claimed = std::min<std::uint64_t>(tally.claimed + used, std::max<std::uint64_t>(tally.transmitted.size(), 1));
  tally.last_debit = &debit;
}

}  // namespace

/// A request that is sent again after a failover, with the T flag, its session and its number, is the same debit.
Finding one_debit_a_message(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G6", "one_debit_a_message", "CR 6.3.2.8 (8); RFC 8506 5.7");
  for (auto const& view : parties(trace)) {
    Tally tally;
    Unread unread(trace);
    Resent resent;
    for (auto const* e : view.events) {
      tally.sessions += sent_answer(*e, "INVITE") && e->meaning.status / 100 == 2 ? 1 : 0;
      unread.note(*e);
      if (content_send(*e)) {
        tally.transmitted.insert(fmt::format("{} {}", e->meaning.message_id, tally.sessions));
        tally.last_send = e;
      }
      if (!received_request(*e, "debit_units") || e->meaning.used == 0 || resent.seen_before(*e)) continue;
      judge(finding, tally, unread, *e, terms);
    }
  }
  return finding;
}

}  // namespace tollgate::rules
