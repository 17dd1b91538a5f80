#include "rules/lost_debits.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "codec/msrp/judge.hpp"
#include "rules/broken_answer.hpp"
#include "rules/chunks.hpp"

namespace tollgate::rules {

namespace {

constexpr int success_class = 2, not_applicable = 4011, ok = 200;

/// Credit sessions that were open together: a SUT may reserve for each message, and nothing says which debit is for which.
struct Lot {
  EventRef grant = nullptr;
  EventRef outcome = nullptr;  ///< the first that counts
  EventRef closed = nullptr;   ///< the answer to what ended the last session
  std::set<std::string> sessions, open;
  bool is_debited = false;
  bool is_excused = false;
};

/// A message of the present MSRP session.
struct Sent {
  std::size_t lot = 0;
  Chunks chunks = {};
  bool is_unsure = false;        ///< one of the answers may have been dropped, or a REPORT of ours says otherwise
  EventRef settled_by = nullptr;
};

class Push {
 public:
  Push(trace::Trace const& trace, Terms const& terms) : trace_(trace), terms_(terms) {}

  void note(trace::Event const& e) {
    if (e.channel == trace::Channel::ch2) return take_charging(e);
    if (content_send(e)) return take_send(e);
    if (sent_answer(e, "SEND")) return take_answer(e);
    bool const is_ours = e.direction == trace::Direction::sent;
    if (is_ours && is_request(e, "REPORT") && e.meaning.report_status != 0 && e.meaning.report_status != ok)
      if (auto const found = messages_.find(e.meaning.message_id); found != messages_.end()) found->second.is_unsure = true;
    if (sent_answer(e, "INVITE") && e.meaning.status / 100 == success_class) begins();
    if (ends_msrp(e)) return is_ours ? ends(e, terms_.live_ns) : closed_by_sut(e);  // RST takes with it what was not read
    if (is_request(e, "BYE")) is_ours ? ends(e, terms_.epsilon_ns) : ended_by_sut(e);
  }

  std::vector<LostDebit> lost() {
    begins();
    std::vector<LostDebit> out;
    for (auto const& lot : lots_) {
      if (lot.is_debited || lot.is_excused || lot.outcome == nullptr || lot.closed == nullptr) continue;
      auto const quiet_since = std::max(lot.closed->at_ns, lot.outcome->at_ns);
      bool const had_time = trace_.events().back().at_ns >= quiet_since + terms_.live_ns;
      if (had_time || debits_inside_its_session()) out.push_back({lot.grant, lot.outcome, lot.closed});
    }
    return out;
  }

 private:
  /// It has shown elsewhere that it is none of C-SPLIT, whose debit comes by EVENT, in another session and perhaps later.
  [[nodiscard]] bool debits_inside_its_session() const {
    return std::ranges::any_of(trace_.events(), [](auto const& e) { return received_request(e, "debit_units") && !e.meaning.is_event; });
  }
  void take_charging(trace::Event const& e) {
    if (e.kind != trace::Kind::message) return;
    bool const is_ours = e.direction == trace::Direction::sent;
    if (received_request(e, "debit_units")) take_debit(e);
    auto* lot = lot_of(e.meaning.session_id);
    if (sent_answer(e, "reserve_units") && e.meaning.opens_session && e.meaning.grants_delivery) lot = &granted(e);
    if (lot == nullptr) return;
    if (is_ours && is_request(e, "ASR")) lot->is_excused = true;  // ends the service by itself (RFC 6733 8.5)
    bool const is_refusal = is_ours && e.meaning.status != 0 && (!e.meaning.grants_delivery || may_be_dropped(trace_, e));
    bool const is_last_word = is_ours && e.meaning.status != 0 && e.about != 0 && trace_.at(e.about).meaning.ends_session;
    if (is_refusal && !is_last_word) lot->is_excused = true;  // of an UPDATE: RFC 8506 Table 4, the session is over
    if (!is_ours && e.meaning.ends_session) lot->open.erase(e.meaning.session_id);
    if (is_last_word && lot->open.empty()) lot->closed = &e;
  }
  Lot& granted(trace::Event const& e) {
    if (lots_.empty() || lots_.back().open.empty()) lots_.push_back({.grant = &e});
    Lot& lot = lots_.back();
    bool const is_late = e.about == 0 || e.at_ns >= trace_.at(e.about).at_ns + terms_.diameter_tx_ns - terms_.epsilon_ns;
    lot.is_excused |= is_late || e.meaning.status == not_applicable;
    lot.sessions.insert(e.meaning.session_id);
    lot.open.insert(e.meaning.session_id);
    return lot;
  }
  /// One that names none of the sessions may be for any of them: the sum of the units is another matter.
  void take_debit(trace::Event const& e) {
    if (auto* const lot = lot_of(e.meaning.session_id))
      lot->is_debited = true;
    else
      for (auto& one : lots_) one.is_debited = true;
  }
  [[nodiscard]] Lot* lot_of(std::string const& session) {
    auto const found = std::ranges::find_if(lots_, [&](Lot const& lot) { return lot.sessions.contains(session); });
    return found == lots_.end() ? nullptr : &*found;
  }

  void take_send(trace::Event const& e) {
    if (is_over_ || lots_.empty()) return;
    auto const [at, is_new] = messages_.try_emplace(e.meaning.message_id, Sent{.lot = lots_.size() - 1});
    if (is_new && lots_.back().open.empty()) return void(messages_.erase(at));
    ++at->second.chunks.sent;
  }
  void take_answer(trace::Event const& e) {
    if (is_over_ || e.about == 0) return;
    auto const& send = trace_.at(e.about);
    auto const found = messages_.find(send.meaning.message_id);
    if (!send.meaning.has_body || found == messages_.end()) return;
    Sent& message = found->second;
    bool const is_first = answered_.insert(e.about).second;  // of two answers to one SEND the first counts (RFC 4975 7.2)
    if (!is_first || message.settled_by != nullptr) return;
    bool const is_late = e.at_ns >= send.at_ns + terms_.msrp_transaction_ns - terms_.epsilon_ns;
    bool const is_elsewhere = e.local != send.local || e.remote != send.remote;
    message.is_unsure |= is_late || is_elsewhere || !msrp::judge(e.octets).diagnostics.empty() || may_be_dropped(trace_, e);
    if (e.meaning.status == ok) message.chunks.accept(send);
    // A 4xx leaves a SUT that counts what was delivered with nothing to report; behind a relay it need not be what the SUT had.
    bool const counts_failures = terms_.units == UnitsCounted::sent || terms_.units == UnitsCounted::flat;
    bool const is_refused = e.meaning.status / 100 == 4 && counts_failures && !terms_.debit_before_outcome;
    if (message.chunks.all_are_accepted() || is_refused) message.settled_by = &e;
  }

  /// What was answered less than `margin` before it may not have been read when the session ended.
  void ends(trace::Event const& e, std::int64_t margin) {
    if (is_over_) return;
    is_over_ = true;
    std::erase_if(messages_, [&](auto const& entry) {
      auto const* const by = entry.second.settled_by;
      return by == nullptr || by->at_ns + margin >= e.at_ns;
    });
  }
  void ended_by_sut(trace::Event const& bye) {
    is_over_ = true;
    if (broken_ != nullptr && is_close(*broken_, bye, terms_)) broken_ = nullptr;
  }
  /// Without a BYE: it may have ended itself, and left its credit sessions to Tcc.
  void closed_by_sut(trace::Event const& e) {
    if (!is_over_) broken_ = &e;
    is_over_ = true;
  }
  /// Another MSRP session, or none any more.
  void begins() {
    for (auto const& [id, message] : messages_) {
      if (message.is_unsure || message.settled_by == nullptr) continue;
      Lot& lot = lots_[message.lot];
      if (lot.outcome == nullptr || message.settled_by->id < lot.outcome->id) lot.outcome = message.settled_by;
    }
    if (broken_ != nullptr)
      for (auto& lot : lots_) lot.is_excused = true;
    messages_.clear();
    is_over_ = false;
    broken_ = nullptr;
  }

  trace::Trace const& trace_;
  Terms const& terms_;
  std::vector<Lot> lots_;
  std::map<std::string, Sent> messages_;  ///< of the present MSRP session, by Message-ID
  std::set<trace::EventId> answered_;
  bool is_over_ = false;
  EventRef broken_ = nullptr;  ///< the end of the connection by a SUT that had not said BYE
};

}  // namespace

std::vector<LostDebit> lost_debits(PartyView const& view, trace::Trace const& trace, Terms const& terms) {
  Push push(trace, terms);
  for (auto const* e : view.events) push.note(*e);
  return push.lost();
}

}  // namespace tollgate::rules
