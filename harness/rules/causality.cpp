#include "rules/causality.hpp"

#include "rules/party_view.hpp"
#include "trace/ladder.hpp"

namespace tollgate::rules {

namespace {

/// Reads one party's events for one arrow.
class Reader {
 public:
  Reader(trace::Trace const& trace, Terms const& terms, ArrowSeen& seen) : trace_(trace), terms_(terms), seen_(seen) {}

  void read(PartyView const& view) {
    for (auto const* event : view.events) {
      int const step = trace::step_of(trace_, *event);
      if (step == reserve_units) request_ = answer_ = nullptr;  // another push
      if (step == reserve_units) unanswered_ = 0;
      if (step == asks()) request_ = event, ++unanswered_;
      if (ends_session(*event) && seen_.arrow.from == 10) request_ = nullptr, unanswered_ = 0;  // what is lost needs no answer
      if (step == accepted && (accepts_ == nullptr || accepts_->meaning.call_id != event->meaning.call_id)) accepts_ = event;
      if (step == seen_.arrow.from && request_ != nullptr) answered(*event);
      if (step == seen_.arrow.to && !is_of_another_dialog(*event)) came(*event, view);
    }
  }

 private:
  static constexpr int reserve_units = 3, accepted = 6;

  /// A BYE that ends another dialog than the one whose session the SENDs came in: of a fork of the INVITE, which has another tag of ours
  /// (RFC 3261 13.2.2.4), or of a push before.
  [[nodiscard]] bool is_of_another_dialog(trace::Event const& e) const {
    if (accepts_ == nullptr || !is_request(e, "BYE")) return false;
    return e.meaning.call_id != accepts_->meaning.call_id || e.meaning.to_tag != accepts_->meaning.to_tag;
  }
  /// The SUT's message that `from` answers: the step before it, but for the SEND, whose answer stands behind the debit.
  [[nodiscard]] int asks() const { return seen_.arrow.from == 10 ? 7 : seen_.arrow.from - 1; }

  static bool ends_session(trace::Event const& e) {
    return (e.kind == trace::Kind::closed && e.channel == trace::Channel::msrp) ||
           (e.direction == trace::Direction::sent && is_request(e, "BYE"));
  }

  void answered(trace::Event const& answer) {
    answer_ = &answer;
    if (unanswered_ > 0) --unanswered_;
    auto const& request = answer.about != 0 ? trace_.at(answer.about) : *request_;
    bool const was_silent = latest_ == nullptr || latest_->id < request.id;
    was_withheld_ = was_silent && answer.at_ns - request.at_ns >= terms_.live_ns;
  }

  void came(trace::Event const& message, PartyView const& view) {
    latest_ = &message;
    if (answer_ == nullptr || (seen_.arrow.needs_all && unanswered_ > 0)) {
      seen_.too_early += request_ != nullptr && !needs_no_answer(message, view) ? 1 : 0;
      return;
    }
    ++seen_.in_order;
    if (was_withheld_ && message.at_ns - answer_->at_ns <= terms_.live_ns) seen_.proved = true;
    was_withheld_ = false;
  }

  /// What needs an answer may also come without one: when the time limit for it has been reached, that of MSRP or Tx, or, of a SEND,
  /// with the end of the connection.
  [[nodiscard]] bool needs_no_answer(trace::Event const& message, PartyView const& view) const {
    auto const limit = seen_.arrow.from == 10 ? terms_.msrp_transaction_ns : terms_.diameter_tx_ns;
    bool const is_late = seen_.arrow.from != 4 && seen_.arrow.from != 6 && message.at_ns - request_->at_ns >= limit - terms_.epsilon_ns;
    if (seen_.arrow.from != 10) return is_late;
    return is_late || msrp_end_close_behind(view, message, terms_) != nullptr;
  }

  trace::Trace const& trace_;
  Terms const& terms_;
  ArrowSeen& seen_;
  EventRef accepts_ = nullptr;  ///< our 200 to the INVITE, the first of its call
  EventRef request_ = nullptr;  ///< the last one of this push that `from` answers
  EventRef answer_ = nullptr;  ///< the last one of this push
  EventRef latest_ = nullptr;  ///< the last message that the arrow leads to
  bool was_withheld_ = false;
  std::size_t unanswered_ = 0;  ///< requests of this push that wait for `from`
};

}  // namespace

std::vector<ArrowSeen> causality(trace::Trace const& trace, Terms const& terms) {
  std::vector<ArrowSeen> out;
  for (auto const& arrow : arrows) {
    ArrowSeen seen{.arrow = arrow};
    for (auto const& view : parties(trace)) Reader(trace, terms, seen).read(view);
    out.push_back(seen);
  }
  return out;
}

}  // namespace tollgate::rules
