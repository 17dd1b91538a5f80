#include "refserver/push.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "codec/sdp/description.hpp"
#include "codec/sdp/msrp_media.hpp"

namespace tollgate::refserver {

/// Waits that end by an event: whoever is asked has a time limit of its own.
static constexpr Duration until_told = std::chrono::hours(24 * 365);

Push::Push(Services services, Random random, std::string user, std::function<void()> on_end)
    : services_(services), random_(random), user_(std::move(user)), on_end_(std::move(on_end)),
      credit_(services.clock, services.charging_user, services.config, user_), final_responses_(services.clock),
      msrp_events_(services.clock), released_(services.clock) {
  progress_.messages = services_.store.of(user_);
  credit_.on_abort = [this] { aborted(); };
}

Push::~Push() {
  services_.clock.cancel(timer_of_m10_);
  if (invitation_) invitation_->forget();
}

Task<void> Push::run() {
  bool const waits_for_answer = !has(Fault::M01_invite_before_answer) && !has(Fault::M02_invite_before_reserve);
  if (has(Fault::M02_invite_before_reserve)) invite();
  reserve();                                                        // step 3
  bool const granted = !waits_for_answer || co_await is_granted();  // step 4
  bool const goes_on = granted && !progress_.messages.empty() && services_.registrar.binding(user_);
  if (goes_on && !invitation_) invite();              // step 5
  if (goes_on && co_await is_accepted()) {            // step 6
    co_await deliver();                               // steps 7, 8, 10
    co_await release();                               // steps 9, 11, 12
  }
  credit_.close();
  for (auto const& extra : extra_reservations_) extra->close();
  on_end_();
}

// --- steps 3 and 4 --------------------------------------------------------------------------------------------------

void Push::reserve() {
  auto const count = progress_.messages.size();
  if (!has(Fault::M13_reserve_per_message)) return credit_.reserve(count);
  credit_.reserve(1);
  for (std::size_t i = 1; i < count; ++i) {
    extra_reservations_.push_back(
        std::make_unique<CreditSession>(services_.clock, services_.charging_user, services_.config, user_));
    extra_reservations_.back()->reserve(1);
  }
}

/// Protocol errors and permanent failures but USER_UNKNOWN: RFC 8506 Table 3 leaves them to CCFH.
static bool fails(ch2::Answer const& answer) {
  constexpr std::uint32_t protocol_error = 3, permanent_failure = 5, user_unknown = 5030;
  return answer.result / 1000 == protocol_error || (answer.result / 1000 == permanent_failure && answer.result != user_unknown);
}

/// Only 2001 and 2002 with units, or 4011, let the push go on (X-DENY). Fewer units than asked for shorten it.
Task<bool> Push::is_granted() {
  constexpr std::uint32_t credit_limit_reached = 4012, not_applicable = 4011, permanent = 5;
  auto const answer = co_await credit_.reserved().pop(until_told);
  if (has(Fault::M34_open_after_tx) && answer && !*answer) co_return true;
  if (has(Fault::M28_invite_despite_5xxx) && answer && *answer && (*answer)->result / 1000 == permanent) co_return true;
  if (!answer || !*answer || fails(**answer)) {
    credit_.becomes_free();  // Tx has passed, or the answer failed: CCFH decides (RFC 8506 5.7, Table 3)
    co_return services_.charging_user.fails_open(credit_.subscriber());
  }
  if (has(Fault::M26_invite_despite_denial) && (*answer)->result == credit_limit_reached) co_return true;
  if (!ch2::grants_delivery(**answer)) co_return false;
  if ((*answer)->result == not_applicable) credit_.becomes_free();
  if (has(Fault::M13_reserve_per_message)) co_return true;
  auto const granted = (*answer)->granted.value_or(progress_.messages.size());
  progress_.messages.resize(std::min<std::uint64_t>(progress_.messages.size(), granted));
  co_return true;
}

// --- steps 5 and 6 --------------------------------------------------------------------------------------------------

void Push::invite() {
  auto const binding = services_.registrar.binding(user_);
  if (!binding) return;
  msrp_.emplace(services_.clock, services_.network, random_.fork(), services_.config,
                [this](MsrpEvent const& event) {
                  if (event.kind == MsrpEvent::Kind::debit) debit(1);
                  else msrp_events_.push(event);
                });
  auto const& config = services_.config;
  // An S-CSCF is the way to its user, who is called by address-of-record (TS 24.229 5.4.1.7).
  bool const via_s_cscf = binding->is_third_party;
  Invitation::Parties parties{.contact = via_s_cscf ? user_ : binding->contact, .route = via_s_cscf ? binding->contact : "", .user = user_,
                              .sender = fmt::format("sip:deferred-messages@{}", config.domain),
                              .local = services_.transport.local(),
                              .offers_100rel = config.reliable_provisional,
                              .bye_repeats_cseq = has(Fault::M80_bye_with_cseq_of_invite),
                              .ignores_late_200 = has(Fault::M158_no_ack_after_cancel)};
  invitation_ = std::make_shared<Invitation>(services_.clock, services_.transactions, services_.transport, config.timers,
                                             random_.fork(), std::move(parties));
  if (has(Fault::M04_send_before_accept))
    invitation_->on_provisional([this](sip::Message const& response) {
      if (!response.body().empty()) final_responses_.push(response);
    });
  if (has(Fault::M85_second_200_sends_again))
    invitation_->on_copy = [this] {
      for (auto const& message : progress_.messages) (void)msrp_->send(message);
    };
  auto const offer = sdp::describe(msrp_->offer(), random_.below(1U << 31), 1);
  invitation_->invite(offer.write(), [this](std::optional<sip::Message> response) { final_responses_.push(std::move(response)); });
}

Task<bool> Push::is_accepted() {
  if (!invitation_) co_return false;
  auto const response = co_await final_responses_.pop(until_told);
  bool const early = has(Fault::M04_send_before_accept) && response && *response && (*response)->status() < 200;
  if (!response || !*response || (!early && !invitation_->is_confirmed())) {
    if (has(Fault::M37_rejection_deletes_messages))
      for (auto const& message : progress_.messages) services_.store.remove(message);
    if (has(Fault::M56_debit_without_delivery)) debit(1);
    co_return false;
  }
  auto const description = sdp::Description::parse((*response)->body());
  auto const answer = description ? sdp::msrp_media(*description) : std::unexpected(description.error());
  if (answer && !aborted_ && msrp_->accept(*answer)) co_return true;
  bye();  // an answer that cannot be used: the dialog is there, the session is not (RFC 3261 13.2.2.4)
  co_await release();
  co_return false;
}

// --- steps 7, 8 and 10 ----------------------------------------------------------------------------------------------

Task<void> Push::deliver() {
  auto const bound = co_await msrp_events_.pop(until_told);
  if (!bound || bound->kind != MsrpEvent::Kind::bound) co_return;
  send_all();
  while (progress_.unsettled > 0 || (has(Fault::M10_debit_by_timer) && progress_.debits == 0)) {
    if (has(Fault::M07_bye_before_outcome) && progress_.unsettled == 1) bye();
    auto const event = co_await msrp_events_.pop(until_told);
    if (!event || event->kind == MsrpEvent::Kind::lost) rest_failed();
    else if (event->kind == MsrpEvent::Kind::settled) settled(event->message, event->status);
    else if (event->kind == MsrpEvent::Kind::debit) debit(units_of_all());
  }
}

void Push::send_all() {
  std::erase_if(progress_.messages, [this](Deferred const& message) { return !msrp_->send(message); });
  progress_.unsettled = progress_.messages.size();
  bool const early = services_.config.profile.debit == Debit::pre || has(Fault::M05_debit_before_outcome);
  if (early && progress_.unsettled > 0) debit(units_of_all());
  if (has(Fault::M10_debit_by_timer))
    timer_of_m10_ = services_.clock.after(1s, [this] { msrp_events_.push({.kind = MsrpEvent::Kind::debit}); });
}

void Push::settled(std::uint64_t message, int status) {
  constexpr int ok = 200, timed_out = 0, request_timeout = 408, no_session = 481;
  bool const may_be_tried_again = status == timed_out || status == request_timeout || status == no_session;
  auto const which = std::ranges::find(progress_.messages, message, &Deferred::id);
  if (which != progress_.messages.end() && !may_be_tried_again) services_.store.remove(*which);
  progress_.delivered += status == ok ? 1 : 0;
  outcome(status);
}

/// Step 8: an MSRP 200, an MSRP 4xx, or the time limit. Other outcomes count like a 4xx (E-SETTLE).
void Push::outcome(int status) {
  constexpr int too_large = 413, unsupported = 415;
  if (progress_.unsettled == 0) return;
  --progress_.unsettled;
  if (has(Fault::M05_debit_before_outcome) || has(Fault::M10_debit_by_timer)) return;
  if (has(Fault::M38_no_debit_on_4xx) && status / 100 == 4) return;
  if (has(Fault::M40_no_debit_on_other_4xx) && status / 100 == 4 && status != too_large && status != unsupported) return;
  switch (services_.config.profile.debit) {
    case Debit::pre: return;
    case Debit::first:
      if (progress_.debits == 0) debit(units_of_all());
      return;
    case Debit::each: return debit(units_of_one(status));
    case Debit::all:
      if (progress_.unsettled == 0) debit(units_of_all());
      return;
  }
}

/// The connection or the dialog is gone: what has no outcome has failed (RFC 4975 5.4).
void Push::rest_failed() {
  constexpr int no_session = 481;
  while (progress_.unsettled > 0) outcome(no_session);
}

std::uint64_t Push::units_of_one(int status) const {
  constexpr int ok = 200;
  return services_.config.profile.units == Units::ok && status != ok ? 0 : 1;
}

std::uint64_t Push::units_of_all() const {
  switch (services_.config.profile.units) {
    case Units::sent: return progress_.messages.size();
    case Units::ok: return progress_.delivered;
    case Units::flat: return 1;
  }
  return 0;
}

void Push::debit(std::uint64_t units) {
  ++progress_.debits;
  if (has(Fault::M49_one_unit_always)) units = 1;
  credit_.debit(units, {.sent = static_cast<std::uint32_t>(progress_.messages.size()),
                        .delivered = static_cast<std::uint32_t>(progress_.delivered)});
}

// --- steps 9, 11 and 12 ---------------------------------------------------------------------------------------------

void Push::bye() {
  if (user_hung_up_ || !invitation_->is_confirmed() || std::exchange(bye_sent_, true)) return;
  invitation_->bye([this] { released_.push(true); });
}

Task<void> Push::release() {
  bool const strict = services_.config.profile.release == Release::strict;
  credit_.close();  // where debits leave it open: C-ECURU, C-SPLIT
  while (strict && credit_.unanswered_debits() > 0) (void)co_await credit_.debited().pop(until_told);  // step 9
  bye();                                                                                              // step 11
  if (bye_sent_) (void)co_await released_.pop(until_told);                                            // step 12
  msrp_->close();
}

/// ASR: the Charging Enabler takes its grant back, so the service ends (RFC 6733 8.5).
void Push::aborted() {
  aborted_ = true;
  bool const delivers = invitation_ && invitation_->is_confirmed();
  if (!delivers) return credit_.close();
  bye();
  msrp_events_.push({.kind = MsrpEvent::Kind::lost});  // what has no outcome has failed, which debits and ends the session
}

bool Push::takes_bye(sip::Message const& bye) {
  if (!invitation_ || !invitation_->is_dialog_of(bye)) return false;
  user_hung_up_ = true;
  invitation_->ended_by_user();
  msrp_events_.push({.kind = MsrpEvent::Kind::lost});
  return true;
}

}  // namespace tollgate::refserver
