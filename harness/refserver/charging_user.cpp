#include "refserver/charging_user.hpp"

#include <fmt/format.h>

#include "codec/diameter/dictionary.hpp"
#include "codec/diameter/judge.hpp"

namespace tollgate::refserver {

static std::uint32_t number(Random& random) {
  return static_cast<std::uint32_t>(random.next());
}

ChargingUser::ChargingUser(Clock& clock, Network& network, Random random, Config const& config)
    : clock_(clock), random_(random), config_(config),
      self_{.origin_host = config.origin_host, .origin_realm = config.origin_realm, .host_ip_address = config.sip.host}, faults_(config),
      link_(make_link(clock, network, config)), next_hop_by_hop_(number(random_)), next_end_to_end_(number(random_)),
      session_high_(number(random_)) {
  link_->on_open = [this] {
    for (auto const& ccr : std::exchange(waiting_, {})) send_request(ccr);
  };
  link_->on_lost = [this](std::optional<std::uint32_t> hop_by_hop) { lost(hop_by_hop); };
  link_->on_answer = [this](diameter::Message const& answer) { take_answer(answer); };
  link_->on_request = [this](diameter::Message const& request) { take_session_request(request); };
  link_->is_asking = [this] { return !pending_.empty(); };
  link_->on_own_request = [this](diameter::Message request) { send_request(std::move(request)); };
}

ChargingUser::~ChargingUser() {
  for (auto const& [identifier, pending] : pending_) clock_.cancel(pending.tx);
  for (auto const& [identifier, pending] : given_up_) clock_.cancel(pending.tx);
}

std::string ChargingUser::fresh_session_id() {
  return fmt::format("{};{};{}", config_.origin_host, session_high_, ++session_low_);
}

// The connection.

/// RFC 6733 5.5.4: what is unanswered goes out again with the T flag and its End-to-End Identifier, as long as Tx runs.
void ChargingUser::lost(std::optional<std::uint32_t> hop_by_hop) {
  auto const is_concerned = [&](Pending const& pending) { return !hop_by_hop || pending.hop_by_hop == hop_by_hop; };
  std::erase_if(given_up_, [&](auto const& one) {
    if (!is_concerned(one.second)) return false;
    clock_.cancel(one.second.tx);
    return true;
  });
  for (auto& [identifier, pending] : pending_) {
    if (!pending.hop_by_hop || !is_concerned(pending)) continue;
    pending.hop_by_hop.reset();
    waiting_.push_back(pending.ccr);
    waiting_.back().header.flags |= diameter::flag_retransmitted;
  }
}

// What comes.

static constexpr std::uint32_t success = 2001, limited_success = 2002, unknown_session = 5002;
static constexpr std::uint32_t command_abort = 274;  // RFC 6733 3.1

/// RAR and ASR name a credit session (RFC 6733 8.3, 8.5; RFC 8506 5.5).
void ChargingUser::take_session_request(diameter::Message const& request) {
  constexpr std::uint32_t session_id = 263;
  config_.defects.session_request(request);
  auto const* const named = request.find(session_id);
  auto const session = named == nullptr ? open_sessions_.end() : open_sessions_.find(named->data);
  if (session == open_sessions_.end()) return link_->send(diameter::short_answer(request, self_, unknown_session));
  bool const aborts = request.header.command == command_abort;
  link_->send(diameter::short_answer(request, self_, aborts ? success : limited_success));
  if (aborts && config_.has(Fault::M136_abort_answered_only)) return;
  auto const act = aborts ? session->second.on_abort : session->second.on_reauthorize;
  act();
}

bool ChargingUser::fails_open(std::string const& subscriber) const {
  constexpr std::uint32_t ccfh_continue = 1;
  if (unrated_.contains(subscriber)) return false;  // it has not failed: it has said that the service cannot be rated
  auto const learned = failure_handling_.find(subscriber);
  return learned == failure_handling_.end() ? config_.profile.fails_open : learned->second == ccfh_continue;
}

/// By its identifiers on this connection (RFC 6733 3) and, when it grants anything, by its credit session and request,
/// which it has to name (RFC 8506 3.2). A refusal may be the short answer of RFC 6733 7.2.
bool ChargingUser::is_answer_to(Pending const& pending, diameter::Message const& message, ch2::Answer const& answer) const {
  constexpr std::uint32_t success_class = 2;
  if (message.header.hop_by_hop != pending.hop_by_hop) return false;
  if (config_.has(Fault::M71_session_of_answer_unchecked)) return true;
  bool const is_granted = answer.result / 1000 == success_class || ch2::grants_delivery(answer);
  bool const names_session = answer.session_id == pending.session_id || (!is_granted && answer.session_id.empty());
  bool const names_request = (answer.number == pending.number && answer.type == pending.type) || (!is_granted && !answer.number);
  return names_session && names_request;
}

void ChargingUser::take_answer(diameter::Message const& message) {
  config_.defects.charging_answer(message);
  if (config_.has(Fault::M70_answers_in_order) && !pending_.empty()) return take_answer_in_order(message);
  bool const is_late = given_up_.contains(message.header.end_to_end);
  auto& asked = is_late ? given_up_ : pending_;
  auto const found = asked.find(message.header.end_to_end);
  if (found == asked.end()) return;
  auto const answer = ch2::read_answer(message);
  // With a mandatory AVP that we do not know, or otherwise against its grammar, it cannot be used (RFC 6733 4.1).
  if (diameter::judge(message.write()).outcome == Outcome::reject)
    return config_.defects.debits_again(message) ? ask_again(found->second) : void();
  if (!answer || !is_answer_to(found->second, message, *answer)) return;
  learn(found->second.subscriber, message);
  auto pending = asked.extract(found);
  clock_.cancel(pending.mapped().tx);
  if (is_late)
    pending.mapped().on_late(*answer);
  else
    pending.mapped().on_answer(*answer);
}

/// What holds for later requests of that subscriber as well: how to handle failures, and that RATING_FAILED blames the service.
void ChargingUser::learn(std::string const& subscriber, diameter::Message const& answer) {
  constexpr std::uint32_t rating_failed = 5031;
  if (auto const* const handling = diameter::find(answer.avps, "Credit-Control-Failure-Handling"))
    if (auto const value = diameter::unsigned32(*handling)) failure_handling_[subscriber] = *value;
  auto const* const failed = diameter::find(answer.avps, "Failed-AVP");
  if (failed == nullptr || diameter::result_code(answer).value_or(0) != rating_failed) return;
  auto const blamed = diameter::parse_avps(failed->data);
  if (blamed && diameter::find(*blamed, "Service-Context-Id") != nullptr) unrated_.insert(subscriber);
}

/// Of M70: for whichever request is the oldest.
void ChargingUser::take_answer_in_order(diameter::Message const& message) {
  auto const answer = ch2::read_answer(message);
  if (!answer) return;
  auto pending = pending_.extract(pending_.begin());
  clock_.cancel(pending.mapped().tx);
  pending.mapped().on_answer(*answer);
}

// What goes.

void ChargingUser::send_request(diameter::Message message) {
  message.header.hop_by_hop = next_hop_by_hop_++;
  if (config_.has(Fault::M68_t_flag_on_first) && message.header.command == diameter::command_credit_control)
    message.header.flags |= diameter::flag_retransmitted;
  if (message.header.end_to_end == 0) message.header.end_to_end = next_end_to_end_++;
  if (auto const asked = pending_.find(message.header.end_to_end); asked != pending_.end())
    asked->second.hop_by_hop = message.header.hop_by_hop;
  faults_.change(message);
  link_->send(message);
}

/// Of D33: the same request under the next number.
void ChargingUser::ask_again(Pending const& pending) {
  constexpr std::uint32_t request_number = 415;
  auto ccr = pending.ccr;
  ccr.header.end_to_end = 0;
  for (auto& avp : ccr.avps)
    if (avp.code == request_number) ++avp.data.back();
  send_request(std::move(ccr));
}

void ChargingUser::asks(ch2::Request request, OnAnswer on_answer, OnLate on_late) {
  request.units_at = config_.units_at;
  if (unrated_.contains(request.subscriber) && !config_.has(Fault::M58_debit_for_ever)) {
    clock_.after(Duration::zero(), [on_answer = std::move(on_answer)] { on_answer(std::nullopt); });
    return;
  }
  faults_.change(request);
  auto ccr = ch2::write_request(
      request, {.origin_host = config_.origin_host, .origin_realm = config_.origin_realm, .destination_realm = config_.destination_realm});
  auto const identifier = ccr.header.end_to_end = next_end_to_end_++;
  auto const tx = clock_.after(config_.timers.diameter_tx, [this, identifier] { tx_passed(identifier); });
  pending_.emplace(identifier, Pending{std::move(on_answer), std::move(on_late), request.subscriber, tx, request.session_id, request.number,
                                       request.type, ccr});
  if (link_->is_open())
    send_request(std::move(ccr));
  else
    waiting_.push_back(std::move(ccr));
}

/// RFC 8506 5.7, Table 3: the session is idle again. What a late answer grants has to be given back.
void ChargingUser::tx_passed(std::uint32_t end_to_end) {
  constexpr int times_tx = 10;
  if (config_.has(Fault::M35_late_answer_starts_push)) return;
  auto expired = pending_.extract(end_to_end);
  std::erase_if(waiting_, [&](auto const& waiting) { return waiting.header.end_to_end == end_to_end; });
  auto const on_answer = std::exchange(expired.mapped().on_answer, nullptr);
  if (expired.mapped().on_late && expired.mapped().hop_by_hop) {
    expired.mapped().tx = clock_.after(times_tx * config_.timers.diameter_tx, [this, end_to_end] { given_up_.erase(end_to_end); });
    given_up_.insert(std::move(expired));
  }
  on_answer(std::nullopt);
}

}  // namespace tollgate::refserver
