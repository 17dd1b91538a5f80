#include "refserver/push.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "codec/sdp/description.hpp"
#include "codec/sdp/msrp_media.hpp"

namespace tollgate::refserver {

Push::Push(Services services, Random random, std::string user, std::function<void()> on_end,
           std::optional<std::vector<Deferred>> second_device)
    : services_(services), random_(random), user_(std::move(user)), on_end_(std::move(on_end)), is_free_(second_device.has_value()),
      binding_at_start_(services.registrar.binding(user_)),
      credit_(services.clock, services.charging_user, services.config, charged_party()), final_responses_(services.clock),
      msrp_events_(services.clock), released_(services.clock) {
  progress_.messages = second_device ? *std::move(second_device) : services_.store.of(user_);
  if (is_free_) credit_.becomes_free();
  if (!progress_.messages.empty()) newest_at_start_ = progress_.messages.back().id;
  credit_.on_abort = [this] { aborted(); };
}

Push::~Push() {
  services_.clock.cancel(timer_of_m10_);
  if (invitation_) invitation_->forget();
  for (auto const& extra : extra_invitations_) extra->forget();
}

Task<void> Push::run() {
  bool const waits_for_answer = !has(Fault::M01_invite_before_answer) && !has(Fault::M02_invite_before_reserve);
  if (has(Fault::M02_invite_before_reserve)) invite();
  if (!is_free_) reserve();                                                     // step 3
  bool const granted = is_free_ || !waits_for_answer || co_await is_granted();  // step 4
  bool const goes_on = granted && !progress_.messages.empty() && binding();
  if (has(Fault::M205_slower_each_push)) co_await pause(services_.clock, 5ms * services_.writer.pushes++);
  if (goes_on && !invitation_) invite();              // step 5
  if (goes_on && co_await is_accepted()) {            // step 6
    co_await deliver();                               // steps 7, 8, 10
    co_await release();                               // steps 9, 11, 12
    if (has(Fault::M118_drops_what_came_meanwhile)) drop_what_came_meanwhile();
  }
  credit_.close();
  for (auto const& extra : extra_reservations_)
    if (!has(Fault::M145_redirect_reserves_again)) extra->close();
  on_end_();
}

std::string Push::charged_party() const {
  if (has(Fault::M154_charges_s_cscf) && binding_at_start_ && binding_at_start_->is_third_party) return binding_at_start_->contact;
  if (auto const stored = services_.store.of(user_); has(Fault::M16_sender_is_charged) && !stored.empty()) return stored.front().from;
  return has(Fault::M175_party_of_255_octets) ? user_.substr(0, 255) : user_;
}

/// Where the user can be reached now; a binding that went while the reserve answer was awaited does not count.
std::optional<Binding> Push::binding() const {
  return has(Fault::M122_invites_removed_binding) ? binding_at_start_ : services_.registrar.binding(callee());
}

/// Of M118.
void Push::drop_what_came_meanwhile() {
  for (auto const& message : services_.store.of(user_))
    if (message.id > newest_at_start_) services_.store.remove(message);
}

// Steps 3 and 4.

void Push::reserve() {
  auto const least = services_.config.profile.reserves_always ? 1UZ : 0UZ;
  bool const is_one = has(Fault::M20_one_unit_reserved) || services_.config.profile.quota == Quota::any;
  auto const count = is_one ? 1 : std::max(least, progress_.messages.size());
  if (!has(Fault::M13_reserve_per_message)) return credit_.reserve(count);
  credit_.reserve(1);
  for (std::size_t i = 1; i < count; ++i) {
    extra_reservations_.push_back(std::make_unique<CreditSession>(services_.clock, services_.charging_user, services_.config, user_));
    extra_reservations_.back()->reserve(1);
  }
}

/// Protocol errors and permanent failures but USER_UNKNOWN: RFC 8506 Table 3 leaves them to CCFH.
static bool fails(ch2::Answer const& answer) {
  constexpr std::uint32_t protocol_error = 3, permanent_failure = 5, user_unknown = 5030;
  return answer.result / 1000 == protocol_error || (answer.result / 1000 == permanent_failure && answer.result != user_unknown);
}

/// Of X-TABLE3: the class alone says it, of the command and of the service.
bool Push::is_taken_for_success(ch2::Answer const& answer) const {
  constexpr std::uint32_t success = 2, plain_success = 2001;
  return services_.config.profile.takes_unknown_success && answer.result / 1000 == success &&
         answer.service_result.value_or(plain_success) / 1000 == success;
}

/// Only 2001 and 2002 with units, or 4011, let the push go on (X-DENY). Fewer units than asked for shorten it.
Task<bool> Push::is_granted() {
  constexpr std::uint32_t credit_limit_reached = 4012, not_applicable = 4011, permanent = 5;
  auto const patience = has(Fault::M139_open_before_tx) ? services_.config.timers.diameter_tx / 2 : until_told;
  auto answer = co_await credit_.reserved().pop(patience);
  if (has(Fault::M29_denial_in_mscc_ignored) && answer && *answer) (*answer)->service_result.reset();
  if (has(Fault::M34_open_after_tx) && answer && !*answer) co_return true;
  if (has(Fault::M28_invite_despite_5xxx) && answer && *answer && (*answer)->result / 1000 == permanent) co_return true;
  if (!answer || !*answer || fails(**answer)) {
    credit_.becomes_free();  // Tx has passed, or the answer failed: CCFH decides (RFC 8506 5.7, Table 3)
    co_return services_.charging_user.fails_open(credit_.subscriber());
  }
  if (has(Fault::M26_invite_despite_denial) && (*answer)->result == credit_limit_reached) co_return true;
  if (!ch2::grants_delivery(**answer) && !is_taken_for_success(**answer)) co_return false;
  if (has(Fault::M32_4011_is_denial) && (*answer)->result == not_applicable) co_return false;
  if ((*answer)->result == not_applicable) credit_.becomes_unlimited();
  if ((*answer)->other_units && !has(Fault::M189_any_units)) {
    credit_.blames_answer();
    co_return false;
  }
  bool const is_soft = services_.config.profile.quota == Quota::soft;
  if (has(Fault::M13_reserve_per_message) || has(Fault::M31_sends_beyond_grant) || is_soft) co_return true;
  auto const granted = (*answer)->granted.value_or(progress_.messages.size());
  progress_.messages.resize(std::min<std::uint64_t>(progress_.messages.size(), granted));
  co_return true;
}

// Steps 5 and 6.

/// Of the session, where this user's is over TLS.
std::shared_ptr<TlsIdentity const> Push::identity() {
  auto const& config = services_.config;
  auto const uri = sip::parse_uri(user_);
  if (config.msrps_prefix.empty() || !uri || !uri->user.starts_with(config.msrps_prefix)) return nullptr;
  return TlsIdentity::around(config.started_at, random_.fork(), config.domain);
}

void Push::invite() {
  auto const whom = binding();
  if (!whom) return;
  std::string const session_id = has(Fault::M161_one_path_a_user)       ? fmt::format("{:x}", std::hash<std::string>{}(user_))
                                 : has(Fault::M186_session_ids_counted) ? fmt::format("session{:013}", ++services_.writer.counted)
                                                                        : random_.token(20);
  msrp_.emplace(services_.clock, services_.network, random_.fork(), services_.config, services_.writer, session_id, identity(),
                [this](MsrpEvent const& event) {
                  if (event.kind == MsrpEvent::Kind::debit)
                    debit_out_of_turn();
                  else
                    msrp_events_.push(event);
                });
  invitation_ = invitation_to(*whom);
  if (has(Fault::M04_send_before_accept))
    invitation_->on_provisional([this](sip::Message const& response) {
      if (!response.body().empty()) final_responses_.push(response);
    });
  if (has(Fault::M85_second_200_sends_again))
    invitation_->on_copy = [this] {
      for (auto const& message : progress_.messages) (void)msrp_->take(message);
      msrp_->write();
    };
  if (has(Fault::M145_redirect_reserves_again)) invitation_->on_redirect = [this] { reserve_again(); };
  auto const offer = sdp::describe(msrp_->offer(), random_.below(1U << 31), 1).write();
  invitation_->invite(offer, [this](std::optional<sip::Message> response) { final_responses_.push(std::move(response)); });
  if (has(Fault::M91_invite_per_message)) invite_for_the_others(*whom, offer);
}

/// Of M43 and M44: one more than are due. Of M46: the one that is due, too early.
void Push::debit_out_of_turn() {
  auto const due = progress_.debits;
  if (has(Fault::M46_debit_at_first_chunk) && due > 0) return;
  debit(1);
  if (!has(Fault::M46_debit_at_first_chunk)) progress_.debits = due;
}

std::shared_ptr<Invitation> Push::invitation_to(Binding const& binding) {
  // An S-CSCF is the way to its user, who is called by address-of-record (TS 24.229 5.4.1.7); the other way is the one that the
  // REGISTER came (RFC 3327 5.3).
  bool const via_s_cscf = binding.is_third_party;
  bool const is_rcs = services_.config.profile.names_of_rcs;
  std::string const function = fmt::format("sip:{}@{}", is_rcs ? "rcse-standfw" : "deferred-messages", services_.config.domain);
  Invitation::Parties parties{.contact = via_s_cscf ? callee() : binding.contact,
                              .routes = via_s_cscf ? std::vector{binding.contact + ";lr"} : binding.path,
                              .user = callee(),
                              .sender = has(Fault::M143b_wrong_sender) ? callee() : function,
                              .referred_by = is_rcs && !progress_.messages.empty() ? progress_.messages.front().from : ""};
  return std::make_shared<Invitation>(services_.clock, services_.transactions, services_.transport, services_.config, random_.fork(),
                                      std::move(parties));
}

/// Of M145.
void Push::reserve_again() {
  extra_reservations_.push_back(std::make_unique<CreditSession>(services_.clock, services_.charging_user, services_.config, user_));
  extra_reservations_.back()->reserve(progress_.messages.size());
}

/// Of M91: an INVITE for each message but the first, whose dialogs end as soon as they begin.
void Push::invite_for_the_others(Binding const& whom, std::string const& offer) {
  for (std::size_t i = 1; i < progress_.messages.size(); ++i) {
    auto const& extra = extra_invitations_.emplace_back(invitation_to(whom));
    extra->invite(offer, [self = extra.get()](auto const&) {
      if (self->is_confirmed()) self->bye([] {});
    });
  }
}

/// Of M190: "msrp://h:70000/s;tcp" becomes "msrp://h:4464/s;tcp".
static std::string with_port_modulo(std::string description) {
  constexpr std::string_view scheme = "msrp://";
  constexpr std::uint64_t ports = 65'536;
  auto const authority = description.find(scheme), slash = description.find('/', authority + scheme.size());
  auto const colon = description.rfind(':', slash) + 1;
  if (authority == std::string::npos || slash == std::string::npos) return description;
  if (auto const port = to_number<std::uint64_t>(std::string_view(description).substr(colon, slash - colon)))
    description.replace(colon, slash - colon, std::to_string(*port % ports));
  return description;
}

Task<bool> Push::is_accepted() {
  if (!invitation_) co_return false;
  auto response = co_await final_responses_.pop(until_told);
  while (has(Fault::M149_invites_for_ever) && response && !*response) {
    invite();
    response = co_await final_responses_.pop(until_told);
  }
  bool const early = has(Fault::M04_send_before_accept) && response && *response && (*response)->status() < 200;
  if (!response || !*response || (!early && !invitation_->is_confirmed())) {
    if (has(Fault::M37_rejection_deletes_messages))
      for (auto const& message : progress_.messages) services_.store.remove(message);
    if (has(Fault::M56_debit_without_delivery)) debit(1);
    co_return false;
  }
  std::string body((*response)->body());
  if (has(Fault::M190_port_modulo)) body = with_port_modulo(std::move(body));
  services_.config.defects.session_description(body);
  auto const description = sdp::Description::parse(body);
  auto answer = description ? sdp::msrp_media(*description) : std::unexpected(description.error());
  if (has(Fault::M176_connects_to_origin) && answer)
    if (auto const origin = sdp::origin(*description)) answer->address = origin->address.text;
  if (answer && !aborted_ && msrp_->accept(*answer)) co_return true;
  bye();  // an answer that cannot be used: the dialog is there, the session is not (RFC 3261 13.2.2.4)
  co_await release();
  co_return false;
}

// Steps 9, 11 and 12.

void Push::bye() {
  if (user_hung_up_ || !invitation_->is_confirmed() || std::exchange(bye_sent_, true)) return;
  invitation_->bye([this] { released_.push(true); });
}

Task<void> Push::release() {
  bool const strict = services_.config.profile.release == Release::strict && !has(Fault::M08_bye_before_debit_answer);
  credit_.close();  // where debits leave it open: C-ECURU, C-SPLIT
  while (strict && credit_.unanswered_debits() > 0) (void)co_await credit_.debited().pop(until_told);  // step 9
  if (has(Fault::M11_closes_before_bye)) {
    msrp_->close();
    co_await pause(services_.clock, 100ms);
  }
  bye();                                                                                              // step 11
  if (bye_sent_) (void)co_await released_.pop(until_told);                                            // step 12
  msrp_->close();
  if (has(Fault::M191_connects_after_end)) {
    msrp_->connect_again();
    co_await pause(services_.clock, 1ms);
  }
}

/// ASR: the Charging Enabler takes its grant back, so the service ends (RFC 6733 8.5).
void Push::aborted() {
  aborted_ = true;
  bool const delivers = invitation_ && invitation_->is_confirmed();
  if (!delivers) return credit_.close();
  bye();
  msrp_->abandon();  // what has no outcome has failed, which debits and ends the session
}

/// The session stays as it was agreed on: a description of another one is refused (RFC 3261 14.2).
std::optional<int> Push::takes(sip::Message const& request) {
  constexpr int ok = 200, no_dialog = 481, not_acceptable = 488;
  if (!invitation_ || !invitation_->is_dialog_of(request)) return std::nullopt;
  if (request.method() == "BYE") {
    ends();
    return ok;
  }
  if (has(Fault::M146_no_dialog_for_invite)) return no_dialog;
  if (has(Fault::M146b_counter_reset) && progress_.unsettled > 0) progress_.uncounted = 1;
  return request.method() == "UPDATE" && request.body().empty() ? ok : not_acceptable;
}

void Push::ends() {
  if (!invitation_) return;
  services_.config.defects.user_hung_up(user_);
  if (has(Fault::M170_writes_after_bye)) msrp_->write_the_rest();
  if (!has(Fault::M92_bye_after_bye)) {
    user_hung_up_ = true;
    invitation_->ended_by_user();
  }
  msrp_->abandon();
}

}  // namespace tollgate::refserver
