#include "actors/charging_enabler/credit_control.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "actors/charging_enabler/server_request.hpp"
#include "base/sum.hpp"

namespace tollgate {

CreditControl::CreditControl(Clock& clock, Recorder& recorder, std::string name, std::string origin_host, std::string origin_realm)
    : Actor(clock, recorder, std::move(name)), origin_host_(std::move(origin_host)), origin_realm_(std::move(origin_realm)),
      gone_out_(clock) {}

bool CreditControl::owns(sip::UserName const& user) const {
  return std::ranges::any_of(subscribers_, [&](auto const& one) { return sip::is_same_user(one.second, user); });
}

/// Our user as the case names it, so that what SIP and what CH-2 says of it is one party's.
std::string CreditControl::user_of(ch2::Request const& request) const {
  if (subscribers_.contains(request.subscriber)) return request.subscriber;
  auto const name = sip::user_name(request.subscriber);
  auto const found = std::ranges::find_if(subscribers_, [&](auto const& user) { return sip::is_same_user(user.second, name); });
  if (found != subscribers_.end()) return found->first;
  auto const session = sessions_.find(request.session_id);
  return session == sessions_.end() ? request.subscriber : session->second;
}

/// A TERMINATION that reports zero units is the debit of a push in which nothing counted (U-OK); where units were debited
/// before, by UPDATE or by a direct debit, it only closes.
ch2::Operation CreditControl::operation_of(ch2::Request const& request, std::string const& user) const {
  bool const reports_none = request.type == ch2::RequestType::termination && request.used == 0;
  return reports_none && debited_.contains(user) ? ch2::Operation::close : request.operation;
}

void CreditControl::takes(diameter::Message ccr, ch2::Request request, trace::Event event, AnswerPath path) {
  auto const user = user_of(request);
  request.operation = operation_of(request, user);
  sessions_.emplace(request.session_id, user);
  event.actor = name();
  event.party = user;
  Received item;
  item.name = to_string(request.operation);
  item.type = to_string(request.type);
  item.event = recorder_.record(event);
  item.charge = std::move(request);
  item.ccr = std::move(ccr);
  bool const scripted = scripted_.contains(item.charge->operation);
  wait_or_answer({.request = std::move(item), .event = std::move(event), .path = std::move(path)}, scripted);
}

void CreditControl::wait_or_answer(Pending pending, bool scripted) {
  Received item = pending.request;
  recorder_.asked(item.event);
  pending_.emplace(item.event, std::move(pending));
  if (alone_ || !scripted) answers(item);
  inbox_.push(std::move(item));
}

void CreditControl::takes_from_peer(diameter::Message request, trace::Event event, MakeAnswer make, AnswerPath path) {
  event.actor = name();
  Received item;
  item.name = name_of(request.header);
  item.event = recorder_.record(event);
  item.ccr = std::move(request);
  bool const scripted = has_scripted(item.name);
  wait_or_answer({.request = std::move(item), .event = std::move(event), .path = std::move(path), .make = std::move(make)}, scripted);
}

void CreditControl::takes_answer(diameter::Message answer, trace::Event event) {
  event.actor = name();
  Received item;
  item.name = name_of(answer.header);
  item.event = recorder_.record(std::move(event));
  item.ccr = std::move(answer);
  inbox_.push(std::move(item));
}

void CreditControl::connection_ended(trace::Event const& event, bool first_of_trace) {
  auto ended = event;
  ended.actor = name();
  auto const id = first_of_trace ? recorder_.record(std::move(ended)) : recorder_.trace().events().size();
  if (!owns_connection_ || event.direction != trace::Direction::received) return;
  Received item;
  item.event = id;
  item.name = "closed";
  inbox_.push(std::move(item));
}

trace::EventId CreditControl::sends(std::string_view command, Received const* about, Amendment const& amendment) {
  diameter::Peer const self{.origin_host = origin_host_, .origin_realm = origin_realm_};
  auto request = server_request(command, self, about != nullptr && about->ccr ? &*about->ccr : nullptr);
  auto const party = about != nullptr ? recorder_.trace().at(about->event).party : "";
  return request && link_ != nullptr ? link_->sends(*this, std::move(*request), party, amendment) : 0;
}

void CreditControl::closes(bool reset) {
  if (link_ != nullptr) link_->closes(reset);
}

trace::EventId CreditControl::answers(Received const& request, ChargingAnswer answer, Amendment const& amendment) {
  auto pending = pending_.extract(request.event);
  if (pending.empty()) return 0;
  auto const& kept = done_.insert_or_assign(request.event, std::move(pending.mapped())).first->second;
  return reply(kept, answer, amendment);
}

trace::EventId CreditControl::answers_again(Received const& request, ChargingAnswer answer, Amendment const& amendment) {
  auto const done = done_.find(request.event);
  return done == done_.end() ? 0 : reply(done->second, answer, amendment);
}

Wire CreditControl::wire(AnswerPath const& path) {
  auto when_out = [this, when_out = path.when_out](std::function<void(bool)> tell) {
    when_out([this, tell = std::move(tell)](bool is_out) {
      tell(is_out);
      gone_out_.push(recorder_.trace().events().size());
    });
  };
  return {
      .put = path.send, .end = [link = link_](bool reset) { link->closes(reset); }, .waits = path.waits, .when_out = std::move(when_out)};
}

Task<trace::EventId> CreditControl::has_sent(trace::EventId answer, Duration within) {
  if (recorder_.handed_over().contains(answer) && recorder_.unanswered().empty()) {
    WaitBoard::Wait const wait(recorder_.waits(), fmt::format("{}: #{} to go out", name(), answer));
    (void)co_await gone_out_.take([this, answer](trace::EventId one) { return recorder_.as_sent(answer) == one; }, within);
  }
  co_return recorder_.as_sent(answer);
}

void CreditControl::repeats(trace::EventId sent) {
  auto const how = std::ranges::find_if(answered_, [&](auto const& one) { return recorder_.as_sent(one.first) == sent; });
  if (how == answered_.end() || recorder_.trace().at(sent).kind != trace::Kind::message) return;
  trace::Event event = recorder_.trace().at(sent);
  event.repeats = sent;
  recorder_.sends(std::move(event), {}, wire(how->second));
}

trace::EventId CreditControl::reply(Pending const& pending, ChargingAnswer answer, Amendment const& amendment) {
  auto message = pending.make ? pending.make(answer.result) : credit_control_answer(pending, answer);
  amendment.change(message);

  trace::Event event = pending.event;
  event.direction = trace::Direction::sent;
  event.about = pending.request.event;
  event.octets = amendment.finish(pending.path.write(message));
  recorder_.answered(pending.request.event);
  auto const sent = recorder_.sends(std::move(event), amendment.segments, wire(pending.path));
  answered_.emplace(sent, pending.path);
  return sent;
}

/// The CCA, which also changes the account.
diameter::Message CreditControl::credit_control_answer(Pending const& pending, ChargingAnswer const& answer) {
  ch2::Request const& request = *pending.request.charge;
  ch2::Answer cca;
  cca.result = answer.result;
  cca.units_at = request.units_at;
  if (answer.granted)
    cca.granted = answer.granted;
  else if (answer.result == 2001 && request.requested)
    cca.granted = std::max(*request.requested, least_granted_);
  settle(request, cca, pending.event.party);
  return ch2::write_answer(cca, *pending.request.ccr, origin_host_, origin_realm_);
}

void CreditControl::settle(ch2::Request const& request, ch2::Answer const& answer, std::string const& user) {
  Account& account = accounts_[request.session_id];
  if (request.type == ch2::RequestType::initial && ch2::grants_delivery(answer) && answer.result != 4011) account.open = true;
  account.held = sum_of(account.held, answer.granted.value_or(0));
  std::uint64_t const used = request.used.value_or(0);
  if (request.type == ch2::RequestType::initial) debited_.erase(user);
  if (used > 0) debited_.insert(user);
  account.debited = sum_of(account.debited, used);
  account.held -= std::min(account.held, used);
  if (request.type != ch2::RequestType::termination) return;
  account.released = sum_of(account.released, std::exchange(account.held, 0));
  account.open = false;
}

void CreditControl::winds_up() {
  alone_ = true;
  while (!pending_.empty()) {
    auto pending = pending_.extract(pending_.begin());
    reply(pending.mapped(), {}, {});
  }
}

bool CreditControl::is_settled() const {
  return pending_.empty() && std::ranges::none_of(accounts_, [](auto const& entry) { return entry.second.open; });
}

}  // namespace tollgate
