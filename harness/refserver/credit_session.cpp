#include "refserver/credit_session.hpp"

#include "codec/diameter/value.hpp"

namespace tollgate::refserver {

using ch2::RequestType;

CreditSession::CreditSession(Clock& clock, ChargingUser& charging_user, Config const& config, std::string const& subscriber)
    : CreditSession(
          clock, charging_user, config, subscriber,
          config.has(Fault::M62_one_session_id_a_user) ? config.origin_host + ";" + subscriber : charging_user.fresh_session_id()) {}

CreditSession::CreditSession(Clock& clock, ChargingUser& charging_user, Config const& config, OpenCredit const& left_open)
    : CreditSession(clock, charging_user, config, left_open.subscriber, left_open.session_id) {
  state_->open = true;
  state_->number = left_open.next_number;
}

CreditSession::CreditSession(Clock& clock, ChargingUser& charging_user, Config const& config, std::string subscriber,
                             std::string session_id)
    : clock_(clock), charging_user_(charging_user), config_(config), subscriber_(std::move(subscriber)), session_id_(std::move(session_id)),
      state_(std::make_shared<State>(clock)) {
  charging_user_.opened(session_id_, {.on_reauthorize = [this] { reauthorize(); }, .on_abort = [this] { on_abort(); }});
}

CreditSession::~CreditSession() {
  charging_user_.ended(session_id_);
}

/// Seconds since 1900 (RFC 6733 4.3.1 Time).
std::uint32_t CreditSession::ntp_now() const {
  auto const since_start = std::chrono::floor<std::chrono::seconds>(clock_.now()).count();
  return static_cast<std::uint32_t>(config_.started_at + since_start + diameter::time_of_1970);
}

ch2::Request CreditSession::next(RequestType type) {
  ch2::Request request;
  request.type = type;
  request.number = state_->number++;
  if (config_.has(Fault::M64_number_zero_in_debit)) request.number = 0;
  request.session_id = session_id_;
  request.subscriber = subscriber_;
  request.service_context = config_.service_context;
  request.event_timestamp = ntp_now();
  return request;
}

void CreditSession::reserve(std::uint64_t units) {
  constexpr std::uint32_t not_applicable = 4011;  // ends the credit session (RFC 8506 5.2)
  units_ = units;
  auto request = next(config_.has(Fault::M14_direct_debit_reserves) ? RequestType::event : RequestType::initial);
  request.requested = units;
  request.messages_sent = request.messages_delivered = 0;
  auto const opens = [](ch2::Answer const& answer) { return answer.result / 1000 == 2 && answer.result != not_applicable; };
  // What is granted when nobody waits any more is given back at once: the units must not stay held (RFC 8506 5.4).
  auto give_back = [&user = charging_user_, request, opens, state = state_](ch2::Answer const& answer) mutable {
    if (!opens(answer)) return;
    request.type = RequestType::termination;
    request.number = state->number++;
    request.requested.reset();
    request.messages_sent.reset(), request.messages_delivered.reset();
    user.asks(request, [](std::optional<ch2::Answer> const&) {});
  };
  charging_user_.asks(
      request,
      [opens, state = state_, store = config_.store,
       opened = OpenCredit{session_id_, subscriber_, state_->number}](std::optional<ch2::Answer> answer) {
        state->open = answer && opens(*answer);
        if (state->open) store->opened(opened);
        state->reserved.push(std::move(answer));
      },
      std::move(give_back));
}

void CreditSession::becomes_free() {
  state_->free = true;
  state_->open = false;
  config_.store->ended(session_id_);
}

void CreditSession::becomes_unlimited() {
  becomes_free();
  state_->unlimited = true;
}

/// RFC 8506 5.5: an UPDATE_REQUEST tells what is used, here nothing yet, and asks for the units again.
void CreditSession::reauthorize() {
  if (!state_->open) return;
  auto request = next(RequestType::update);
  request.requested = units_;
  charging_user_.asks(request, [](std::optional<ch2::Answer> const&) {});
}

/// What an answer makes a debit do again: of M58, whenever it was refused; of M59, in a new session when none came.
static ChargingUser::OnAnswer repeats(Clock& clock, ChargingUser& user, Config const& config, ch2::Request request) {
  return [&clock, &user, &config, request](std::optional<ch2::Answer> const& answer) mutable {
    bool const is_anew = config.has(Fault::M59_debit_anew_after_tx) && !answer;
    bool const is_again = config.has(Fault::M58_debit_for_ever) && answer && !ch2::grants_delivery(*answer);
    if (is_anew) request.session_id = user.fresh_session_id();
    if (is_anew || is_again) clock.after(1s, [&, request] { user.asks(request, repeats(clock, user, config, request)); });
  };
}

void CreditSession::debit(std::uint64_t units, Counters counters) {
  bool const is_unlimited = state_->unlimited && config_.profile.debits_unlimited;
  if (state_->free && !is_unlimited) return;
  bool const split = config_.profile.credit == Credit::split || is_unlimited;
  bool const ecur = config_.profile.credit == Credit::ecur;
  auto request = split ? ch2::Request{} : next(ecur ? RequestType::termination : RequestType::update);
  if (split) {
    request = next(RequestType::event);
    --state_->number;  // the direct debit is in a session of its own
    request.session_id = charging_user_.fresh_session_id();
    request.number = 0;
  }
  request.used = units;
  request.messages_sent = counters.sent;
  request.messages_delivered = counters.delivered;
  if (ecur) state_->open = false;
  if (ecur)
    config_.store->ended(session_id_);
  else if (state_->open)
    config_.store->opened({session_id_, subscriber_, state_->number});
  if (config_.has(Fault::M121_debits_again_after_restart)) config_.store->debited.push_back(request);
  state_->debits = true;
  ++state_->unanswered;
  config_.defects.debit_asked(request.session_id, subscriber_);
  auto repeat = repeats(clock_, charging_user_, config_, request);
  charging_user_.asks(request, [state = state_, repeat = std::move(repeat)](std::optional<ch2::Answer> const& answer) {
    --state->unanswered;
    state->debited.push(answer.has_value());
    repeat(answer);
  });
}

void CreditSession::close() {
  if (config_.has(Fault::M25_session_id_after_denial) && !state_->open && !state_->debits) charging_user_.reuses_session_id();
  if (!std::exchange(state_->open, false)) return;
  config_.store->ended(session_id_);
  if (config_.has(Fault::M23_reservation_left_open) && !state_->debits) return;
  auto request = next(RequestType::termination);
  request.blames_answer = blames_answer_;
  charging_user_.asks(request, [](std::optional<ch2::Answer> const&) {});
}

}  // namespace tollgate::refserver
