#include "refserver/server.hpp"

#include <cmath>
#include <fmt/format.h>
#include <map>

#include "codec/cpim/judge.hpp"
#include "codec/media_type.hpp"
#include "codec/sip/addresses.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/response.hpp"
#include "codec/sip/uri.hpp"
#include "codec/sip/via.hpp"
#include "refserver/push.hpp"

namespace tollgate::refserver {

using sip::Name;

static constexpr std::string_view methods = "REGISTER, MESSAGE, OPTIONS, BYE, CANCEL, ACK";

/// Where the SIP core of the server meets its parts: one function a method (RFC 3261 8.2).
class Server::Parts {
 public:
  Parts(Clock& clock, Network& network, Random random, Config config)
      : clock_(clock), random_(random), config_(with_identity(with_unscaled_tx(std::move(config)), random_)),
        secured_(clock, network, config_.identity),
        transport_(clock, network, config_,
                   {.on_message = [this](sip::Message message, Hop const& from) { take(std::move(message), from); },
                    .on_other_version = [this](sip::Message request, Hop const& from) { refuse_version(std::move(request), from); }}),
        transactions_(clock, transport_, config_), registrar_(clock, config_, random_.fork()),
        charging_user_(clock, config_.charging_tls ? secured_ : network, random_.fork(), config_), later_(clock),
        services_{clock,          network,    config_,       *config_.store, registrar_,
                  charging_user_, transport_, transactions_, writer_,        last_registered_} {
    recover();
    if (config_.has(Fault::M184_reserves_without_register)) look_for_messages();
  }
  ~Parts() { clock_.cancel(next_look_); }

  [[nodiscard]] Address local(Transport transport) const { return transport_.local(transport); }

 private:
  /// Of M181: a Tx that the clock's factor has missed.
  static Config with_unscaled_tx(Config config) {
    auto& tx = config.timers.diameter_tx;
    if (config.has(Fault::M181_tx_off_the_clock)) tx = Duration(std::llround(static_cast<double>(tx.count()) / config.timers.factor));
    return config;
  }

  /// Over TLS it needs one.
  static Config with_identity(Config config, Random& random) {
    if ((config.sip_tls || config.charging_tls) && !config.identity)
      config.identity = TlsIdentity::around(config.started_at, random.fork(), config.domain);
    return config;
  }

  /// What was open when the server ended is given back (RFC 8506 5.7).
  void recover() {
    for (auto const& open : config_.store->open_credit()) {
      left_open_.push_back(std::make_unique<CreditSession>(clock_, charging_user_, config_, open));
      left_open_.back()->close();
    }
    if (!config_.has(Fault::M121_debits_again_after_restart)) return;
    for (auto debit : config_.store->debited) {
      debit.session_id = charging_user_.fresh_session_id();
      charging_user_.asks(debit, [](auto const&) {});
    }
  }

  /// What a response is matched and answered by; without that it is none (RFC 3261 17.1.3, 12.1.2).
  static bool is_readable(sip::Message const& response) {
    return sip::top_via(response) && sip::from(response) && sip::to(response) && sip::call_id(response) && sip::cseq(response);
  }

  void take(sip::Message message, Hop const& from) {
    config_.defects.sip_message(message);
    if (!message.is_request()) return is_readable(message) ? transactions_.take_response(message) : void();
    stamp_via(message, from);
    if (message.method() == "ACK" || transactions_.is_repetition(message)) return;
    take_request(message, from);
  }

  void refuse_version(sip::Message request, Hop const& from) {
    constexpr int version_not_supported = 505;
    if (request.method() == "ACK") return;
    stamp_via(request, from);
    respond(request, version_not_supported, from);
  }

  void take_request(sip::Message const& request, Hop const& from) {
    auto const method = request.method();
    if (method == "REGISTER")
      take_register(request, from);
    else if (method == "MESSAGE")
      take_message(request, from);
    else if (method == "OPTIONS")
      take_options(request, from);
    else if (method == "BYE" || is_in_dialog(request))
      take_in_dialog(request, from);
    else if (method == "CANCEL")
      respond(request, 481, from);
    else
      respond_not_allowed(request, from);
  }

  /// RFC 3261 18.2.1 and RFC 3581 4: what the response's way back needs.
  void stamp_via(sip::Message& request, Hop const& from) const {
    auto const via = sip::top_via(request);
    if (!via) return;
    std::string value(request.value(Name::via).value_or(""));
    bool const asks_port = via->parameters.find("rport") == "";
    if (auto const at = value.find(";rport"); asks_port && at != std::string::npos && !config_.has(Fault::M197_rport_unfilled))
      value.insert(at + 6, fmt::format("={}", from.address.port));
    if (!asks_port && via->host == from.address.host) return;
    value.insert(std::min(value.find(','), value.size()), fmt::format(";received={}", from.address.host));
    request.set(Name::via, value);
  }

  void respond(sip::Message const& request, int status, Hop const& to) {
    auto response = sip::response_to(request, status, random_.token(10));
    response.set_body("", "");
    transactions_.respond(request, response, to);
  }

  void respond_not_allowed(sip::Message const& request, Hop const& to) {
    constexpr int not_allowed = 405;
    auto response = sip::response_to(request, not_allowed, random_.token(10));
    response.add(Name::allow, methods);
    response.set_body("", "");
    transactions_.respond(request, response, to);
  }

  void take_options(sip::Message const& request, Hop const& from) {
    constexpr int ok = 200;
    auto response = sip::response_to(request, ok, random_.token(10));
    response.add(Name::allow, methods);
    response.add(Name::accept, "message/cpim, text/plain");
    response.set_body("", "");
    transactions_.respond(request, response, from);
  }

  /// Steps 1 and 2; and step 3 for a user who can be reached and has messages waiting.
  void take_register(sip::Message const& request, Hop const& from) {
    if (config_.has(Fault::M00_canary)) return;
    auto registration = registrar_.registers(request, random_.token(10));
    registration.response.set_body("", "");
    transactions_.respond(request, registration.response, from);
    config_.defects.register_answered(request, registration.response.status(), registration.aor);
    if (registration.is_reachable) reached(registration.aor);
    auto const to = sip::to(request);
    auto const uri = to ? sip::parse_uri(to->uri) : std::unexpected(to.error());
    if (config_.has(Fault::M178_refused_register_reserves) && registration.aor.empty() && uri) reached(uri->address_of_record());
  }

  /// Of M184: every other second, for whoever is not registered.
  void look_for_messages() {
    for (auto const& user : config_.store->recipients())
      if (!registrar_.binding(user) && !pushes_.contains(user)) start_push(user, {});
    next_look_ = clock_.after(2s, [this] { look_for_messages(); });
  }

  void reached(std::string const& user) {
    last_registered_ = user;
    if (auto const first = first_device_.find(user); first != first_device_.end() && registrar_.count(user) > 1)
      start_push(user, first->second);
    bool const something_waits =
        !config_.store->of(user).empty() || config_.profile.reserves_always || config_.has(Fault::M17_reserves_for_nothing);
    bool const is_pushed_to = pushes_.contains(user) && !config_.has(Fault::M22_refresh_pushes_again);
    constexpr unsigned unfinished_most = 64;
    bool const is_full = config_.has(Fault::M206_full_of_unfinished) && writer_.unfinished >= unfinished_most;
    if (something_waits && !is_pushed_to && !is_full) start_push(user, {});
  }

  void start_push(std::string const& user, std::optional<std::vector<Deferred>> second_device) {
    if (config_.has(Fault::M119_second_device_for_free) && !second_device) first_device_[user] = config_.store->of(user);
    auto const place = pushes_.emplace(user, nullptr);
    place->second = std::make_unique<Push>(
        services_, random_.fork(), user, [this, place] { later_.post([this, place] { pushes_.erase(place); }); }, std::move(second_device));
    place->second->start();
  }

  /// It becomes the Content-Type and the body of a SEND.
  [[nodiscard]] static bool can_be_sent_on(std::optional<std::string_view> type, std::string_view body) {
    if (!type) return true;
    auto const media = parse_media_type(*type);
    return media && (!media->is("message/cpim") || cpim::judge(body).outcome != Outcome::reject);
  }

  /// RFC 3428: kept for the recipient. A MESSAGE to a user who is there is kept as well: delivery at once is not what this
  /// server is for.
  void take_message(sip::Message const& request, Hop const& from) {
    constexpr int accepted = 202, bad_request = 400, not_found = 404;
    auto const to = sip::parse_uri(request.request_uri());
    auto const sender = sip::from(request);
    auto const sender_uri = sender ? sip::parse_uri(sender->uri) : std::unexpected(sender.error());
    auto const type = request.value(Name::content_type);
    if (!to || !sender_uri || !can_be_sent_on(type, request.body())) return respond(request, bad_request, from);
    if (to->user.empty() || !iequals(to->host, config_.domain)) return respond(request, not_found, from);
    auto const since_start = std::chrono::floor<std::chrono::seconds>(clock_.now()).count();
    config_.store->keep({.from = sender_uri->address_of_record(),
                         .to = to->address_of_record(),
                         .content_type = std::string(type.value_or("text/plain")),
                         .content = request.body(),
                         .stored_at = config_.started_at + since_start});
    respond(request, accepted, from);
  }

  [[nodiscard]] static bool is_in_dialog(sip::Message const& request) {
    auto const to = sip::to(request);
    return (request.method() == "INVITE" || request.method() == "UPDATE") && to && !to->tag().empty();
  }

  void take_in_dialog(sip::Message const& request, Hop const& from) {
    constexpr int no_dialog = 481;
    for (auto& [user, push] : pushes_)
      if (auto const status = push->takes(request)) return respond(request, *status, from);
    respond(request, config_.has(Fault::M157_bye_of_no_dialog) ? end_any_push(request) : no_dialog, from);
  }

  /// Of M157: the BYE of no dialog ends the push of whoever it comes from.
  int end_any_push(sip::Message const& bye) {
    constexpr int ok = 200;
    auto const sender = sip::from(bye);
    auto const uri = sender ? sip::parse_uri(sender->uri) : std::unexpected(sender.error());
    if (auto const push = uri ? pushes_.find(uri->address_of_record()) : pushes_.end(); push != pushes_.end()) push->second->ends();
    return ok;
  }

  Clock& clock_;
  Random random_;
  Config config_;
  TlsNetwork secured_;
  SipTransport transport_;
  Transactions transactions_;
  Registrar registrar_;
  ChargingUser charging_user_;
  Later later_;
  Writer writer_;                ///< of M172
  std::string last_registered_;  ///< of M116
  TimerId next_look_;            ///< of M184
  std::map<std::string, std::vector<Deferred>> first_device_;  ///< of M119: what the newest push of a user began with
  Services services_;
  std::vector<std::unique_ptr<CreditSession>> left_open_;  ///< by the server before a restart
  std::multimap<std::string, std::unique_ptr<Push>> pushes_;  ///< running ones, by user; of M119 two of one user
};

Server::Server(Clock& clock, Network& network, Random random, Config config)
    : parts_(std::make_unique<Parts>(clock, network, random, std::move(config))) {}
Server::~Server() = default;

Address Server::sip() const {
  return parts_->local(Transport::udp);
}

Address Server::sip_tls() const {
  return parts_->local(Transport::tls);
}

}  // namespace tollgate::refserver
