#include "rules/outcomes.hpp"

#include <algorithm>
#include <utility>

#include "rules/broken_answer.hpp"

namespace tollgate::rules {

void Outcomes::note(trace::Event const& e) {
  time_limits(e);
  if (content_send(e)) return take_send(e);
  if (sent_answer(e, "SEND")) return take_answer(e);
  if (sent_answer(e, "INVITE") && e.meaning.status / 100 == 2) begin_session();
  if (terms_.only_listed_outcomes) return;
  bool const ours = e.direction == trace::Direction::sent;
  if (ends_msrp(e)) settle_all(&e);
  if (ours && is_request(e, "BYE")) end_session(e);
  constexpr int delivered = 200;
  if (!ours || !is_request(e, "REPORT") || e.meaning.report_status == 0 || e.meaning.report_status == delivered) return;
  if (auto const found = current_.find(e.meaning.message_id); found != current_.end()) settle(messages_[found->second], &e);
}

void Outcomes::begin_session() {
  current_.clear();
  ended_by_ = nullptr;
}

void Outcomes::take_send(trace::Event const& e) {
  auto const [at, is_new] = current_.try_emplace(e.meaning.message_id, messages_.size());
  if (is_new) messages_.push_back({.id = e.meaning.message_id});
  Message& message = messages_[at->second];
  message.last_send = &e;
  message.waiting.push_back(&e);
  if (ended_by_ != nullptr) settle(message, ended_by_);
}

void Outcomes::take_answer(trace::Event const& e) {
  constexpr int ok = 200, no_session = 481;
  if (e.about == 0) return;
  auto const* send = &trace_.at(e.about);
  auto const at = std::ranges::find_if(messages_, [&](Message const& m) { return std::ranges::find(m.waiting, send) != m.waiting.end(); });
  int const status = e.meaning.status;
  bool const refuses_session = !send->meaning.has_body && status != ok && !terms_.only_listed_outcomes;
  if (refuses_session) end_session(e);  // of the SEND that binds the connection: nothing on it can count any more
  if (at == messages_.end()) return;
  if (!may_be_dropped(trace_, e)) std::erase(at->waiting, send);  // else its time limit may be the outcome as well
  bool const is_last = send->meaning.flag != '+';
  bool const listed = status / 100 == 4 || (status == ok && is_last);
  if (listed || (status != ok && !terms_.only_listed_outcomes)) settle(*at, &e);
  if (status == no_session && !terms_.only_listed_outcomes) end_session(e);  // RFC 4975 10.8: the session is gone
}

void Outcomes::end_session(trace::Event const& by) {
  ended_by_ = &by;
  settle_all(&by);
}

void Outcomes::settle(Message& message, EventRef by) {
  if (std::exchange(message.settled, true)) return;
  message.settled_by = by;
}

void Outcomes::settle_all(EventRef by) {
  for (auto& message : messages_) settle(message, by);
}

void Outcomes::time_limits(trace::Event const& now) {
  for (auto& message : messages_)
    for (auto const* send : message.waiting)
      if (now.at_ns >= send->at_ns + terms_.msrp_transaction_ns - terms_.epsilon_ns) settle(message, send);
}

bool Resent::seen_before(trace::Event const& e) {
  bool const is_new = seen_.try_emplace({e.meaning.session_id, e.meaning.number}, &e).second;
  return !is_new && e.meaning.is_resent;
}

}  // namespace tollgate::rules
