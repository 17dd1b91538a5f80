// G4 and G5: what was charged against what was sent, and that no credit stays held. RFC 8506 5.2, 5.4, 8.19.
#include "rules/charging_sums.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>

#include "base/sum.hpp"
#include "codec/msrp/judge.hpp"
#include "rules/broken_answer.hpp"
#include "rules/chunks.hpp"
#include "rules/lost_debits.hpp"
#include "rules/outcomes.hpp"
#include "rules/transmitted.hpp"

namespace tollgate::rules {

namespace {

struct Account {
  std::size_t transmitted = 0;        ///< messages that were read
  std::size_t ungranted = 0;          ///< of those, sent since an answer that grants nothing: free where it failed (RFC 8506 5.7)
  std::size_t delivered = 0;          ///< each of whose chunks we answered 200 in good time before the last debit
  std::size_t perhaps_delivered = 0;  ///< and those answered 200 late or in part, which the SUT may count or not
  std::uint64_t used = 0;
  std::uint64_t granted = 0;
  bool unlimited = false;  ///< an answer that grants without naming units
  std::uint64_t debits = 0;
  EventRef last_debit = nullptr;
  EventRef last_send = nullptr;
  std::size_t perhaps_unread = 0;  ///< messages that the SUT may have sent before `broken`
  EventRef broken = nullptr;       ///< a connection that we ended
};

/// What we have answered so far to the chunks of each message, by Message-ID.
class Delivered {
 public:
  void note(trace::Event const& e, trace::Trace const& trace, Terms const& terms) {
    if (asks_for_the_end(e) || ends_msrp(e)) is_over_ = true;  // and settles, perhaps, what lies unanswered: step 8 has no word about it
    if (sent_answer(e, "INVITE") && e.meaning.status / 100 == 2) is_over_ = false;
    if (content_send(e)) ++messages_[e.meaning.message_id].chunks.sent;
    if (!sent_answer(e, "SEND") || e.about == 0) return;
    auto const judgement = msrp::judge(e.octets);  // of a response that we broke: whether the SUT takes it is its choice
    if (judgement.outcome == Outcome::reject) return;
    bool const is_first = answered_.insert(e.about).second;  // of two answers to one SEND the first counts (RFC 4975 7.2)
    if (!is_first || e.meaning.status != 200) return;
    auto const& send = trace.at(e.about);
    if (!send.meaning.has_body) return;
    Message& message = messages_[send.meaning.message_id];
    message.chunks.accept(send);
    message.late |= !judgement.diagnostics.empty() || is_over_ || e.at_ns >= send.at_ns + terms.msrp_transaction_ns - terms.epsilon_ns;
  }
  /// Of how many messages each chunk was answered 200 in good time, while the session lasted.
  [[nodiscard]] std::size_t surely() const {
    return count([](Message const& m) { return m.chunks.all_are_accepted() && !m.late; });
  }
  /// Of how many others the last chunk was answered 200: late, or when another chunk was not.
  [[nodiscard]] std::size_t perhaps() const {
    return count([](Message const& m) { return m.chunks.last_is_accepted && (!m.chunks.all_are_accepted() || m.late); });
  }

 private:
  struct Message {
    Chunks chunks;
    bool late = false;  ///< or odd, or behind the end of its session
  };
  [[nodiscard]] std::size_t count(auto const& wanted) const {
    return static_cast<std::size_t>(std::ranges::count_if(messages_, wanted, [](auto const& m) { return m.second; }));
  }
  std::map<std::string, Message> messages_;
  std::set<trace::EventId> answered_;
  bool is_over_ = false;  ///< the session that was begun last
};

Account account_of(PartyView const& view, trace::Trace const& trace, Terms const& terms) {
  Account account;
  Delivered delivered;
  Transmitted sent(trace);
  Resent resent;
  std::optional<std::size_t> read_at_refusal;
  auto const count_ungranted = [&] {
    if (read_at_refusal) account.ungranted += sent.read() - *read_at_refusal;
    read_at_refusal.reset();
  };
  for (auto const* e : view.events) {
    sent.note(*e);
    delivered.note(*e, trace, terms);
    if (terms.fails_open && received_request(*e, "reserve_units")) {  // whatever it makes of our answer: until it takes one for a grant
      count_ungranted();
      read_at_refusal = sent.read();
    }
    if (sent_answer(*e, "reserve_units")) {
      count_ungranted();
      bool const is_failure = !e->meaning.grants_delivery || (terms.fails_open && may_be_dropped(trace, *e));
      if (is_failure) read_at_refusal = sent.read();
    }
    if (sent_answer(*e, "reserve_units") && e->meaning.grants_delivery) {
      account.granted = sum_of(account.granted, e->meaning.granted.value_or(0));
      account.unlimited |= !e->meaning.granted;
    }
    if (received_request(*e, "debit_units") && !resent.seen_before(*e)) {
      account.used = sum_of(account.used, e->meaning.used.value_or(0));
      ++account.debits;
      account.last_debit = e;
      account.delivered = delivered.surely();
      account.perhaps_delivered = delivered.perhaps();
    }
  }
  count_ungranted();
  account.transmitted = sent.read();
  account.perhaps_unread = sent.unread_at_most();
  account.last_send = sent.last_send();
  account.broken = sent.broken_by();
  return account;
}

/// `whole`: no debit can have been lost with a connection.
void judge(Finding& finding, Account const& a, bool whole, Terms const& terms) {
  if (a.last_debit == nullptr) return;
  auto const sent = a.transmitted;
  if (a.used > sent && a.used <= sent + a.perhaps_unread)
    return doubt(
        finding,
        fmt::format("{} units were debited and {} messages were read, but the MSRP connection was {} (#{}): more may have been sent",
                    a.used, sent, a.broken->note, a.broken->id),
        {a.broken, a.last_debit});
  if (a.used > sent)
    return fail(finding, fmt::format("{} units were debited, but only {} messages were sent", a.used, sent), {a.last_send, a.last_debit});
  if (!a.unlimited && a.used > a.granted && !terms.may_exceed_grant)
    return fail(finding, fmt::format("{} units were debited, but only {} were granted", a.used, a.granted), {a.last_debit});
  bool const only_delivered = a.used >= a.delivered && a.used <= a.delivered + a.perhaps_delivered;
  bool const all_sent = a.used == sent || a.used == sent - a.ungranted, flat = terms.flat_units && a.used == a.debits;
  bool const matches = terms.units == UnitsCounted::sent   ? all_sent
                       : terms.units == UnitsCounted::ok   ? only_delivered
                       : terms.units == UnitsCounted::flat ? flat
                                                           : all_sent || only_delivered || flat;
  if (!matches && terms.is_cut_off) return;  // a debit that was still to come may have made the sum good
  auto const* const says =
      terms.units == UnitsCounted::any ? "neither U-SENT nor U-OK gives that sum" : "the units that are declared give another sum";
  if (!matches && whole)
    return fail(finding,
                fmt::format("{} units were debited for {} messages sent, {} of them answered 200: {}", a.used, sent, a.delivered, says),
                {a.last_send, a.last_debit});
  hold(finding, {a.last_send, a.last_debit});
}

void judge(Finding& finding, LostDebit const& lost) {
  fail(finding,
       fmt::format("{} was due to be debited under {}, but the credit session ended with {} and no debit had come", cite(*lost.outcome),
                   cite(*lost.grant), cite(*lost.closed)),
       {lost.grant, lost.outcome, lost.closed});
}

}  // namespace

/// G4: units reported are at most the messages transmitted and the units granted, match U-SENT or U-OK in sum, and are reported at all.
Finding units_match_messages(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G4", "units_match_messages", "CR 6.3.2.8 (8); RFC 8506 8.19");
  auto const is_lost = [](trace::Event const& e) {
    return e.kind == trace::Kind::restarted || (e.channel == trace::Channel::ch2 && e.kind == trace::Kind::closed);
  };
  bool const whole = std::ranges::none_of(trace.events(), is_lost);
  for (auto const& view : parties(trace)) {
    judge(finding, account_of(view, trace, terms), whole, terms);
    if (!whole || terms.is_cut_off) continue;
    for (auto const& lost : lost_debits(view, trace, terms)) judge(finding, lost);
  }
  return finding;
}

/// G5: at the end every credit session that we granted has been ended by a TERMINATION_REQUEST. What was open when the SUT ended
/// its connection, or was ended by us, may be left to Tcc (RFC 8506 5.7).
Finding credit_sessions_close(trace::Trace const& trace, Terms const& terms) {
  Finding finding = begin("G5", "credit_sessions_close", "RFC 8506 5.4; TS 32.260 5.3.2");
  constexpr int not_applicable = 4011;  // ends the credit session by itself, RFC 8506 5.2
  std::map<std::string, EventRef> open;
  for (auto const& e : trace.events()) {
    if (e.kind == trace::Kind::restarted) open.clear();
    if (e.repeats != 0 || e.channel != trace::Channel::ch2) continue;
    if (e.kind == trace::Kind::closed && e.direction == trace::Direction::received) open.clear();
    if (sent_answer(e, "reserve_units") && e.meaning.opens_session && e.meaning.grants_delivery && e.meaning.status != not_applicable)
      open[e.meaning.session_id] = &e;
    if (e.direction == trace::Direction::received && e.meaning.status == 0 && e.meaning.ends_session) {
      auto const closed = open.find(e.meaning.session_id);
      if (closed == open.end()) continue;
      hold(finding, {closed->second, &e});
      open.erase(closed);
    }
  }
  if (terms.is_cut_off) return finding;
  std::erase_if(open, [&](auto const& session) { return may_be_dropped(trace, *session.second); });
  for (auto const& [session, grant] : open)
    fail(finding, fmt::format("credit session {} was granted by {} and never ended: its units stay held", session, cite(*grant)), {grant});
  return finding;
}

}  // namespace tollgate::rules
