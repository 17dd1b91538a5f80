#include "refserver/diameter_link.hpp"

namespace tollgate::refserver {

static constexpr std::uint32_t success = 2001, command_unsupported = 3001;
static constexpr std::uint32_t command_reauthorize = 258, command_abort = 274;  // RFC 6733 3.1

DiameterLink::DiameterLink(Clock& clock, Network& network, Config const& config)
    : clock_(clock), network_(network), config_(config),
      self_{.origin_host = config.origin_host, .origin_realm = config.origin_realm, .host_ip_address = config.sip.host},
      buffer_([](auto octets) { return diameter::frame(octets); }) {
  connect();
}

DiameterLink::~DiameterLink() {
  clock_.cancel(watchdog_);
  clock_.cancel(reconnect_);
}

void DiameterLink::connect() {
  buffer_ = StreamBuffer([](auto octets) { return diameter::frame(octets); });
  stream_ = network_.connect(config_.sip.host, config_.charging_enabler);
  stream_->on_open = [this] {
    on_own_request(diameter::capabilities_request(self_));
    greeted_ = true;
  };
  stream_->on_octets = [this](std::string_view octets) { read(octets); };
  stream_->on_closed = [this](std::string_view) { lost(); };
}

void DiameterLink::lost() {
  open_ = greeted_ = false;
  ++lost_;
  missed_watchdogs_ = 0;
  clock_.cancel(watchdog_);
  clock_.cancel(reconnect_);
  on_lost(std::nullopt);
  reconnect_ = clock_.after(config_.timers.reconnect, [this] { connect(); });
}

void DiameterLink::read(std::string_view octets) {
  missed_watchdogs_ = 0;
  if (open_) await_traffic();
  buffer_.append(octets);
  auto const lost_before = lost_;
  while (lost_ == lost_before) {  // what follows on a connection that has ended is not read
    auto const cut = buffer_.next();
    if (!cut) return;
    config_.defects.diameter_octets(cut->octets);
    auto const message = diameter::Message::parse(cut->octets);
    if (cut->error) {
      stream_->close();
      return lost();
    }
    if (message) take(*message);
  }
}

void DiameterLink::await_traffic() {
  clock_.cancel(watchdog_);
  auto const patience = config_.has(Fault::M133_dwr_every_second) ? Duration(1s) : config_.timers.diameter_watchdog;
  watchdog_ = clock_.after(patience, [this] { idle(); });
}

/// RFC 3539 3.4.1: one DWR outstanding; suspect at the first expiry without an answer, closed at the second.
void DiameterLink::idle() {
  unsigned const missed_most = config_.has(Fault::M134_closes_at_first_missed_dwa) ? 1 : 2;
  bool const is_patient = config_.has(Fault::M133_dwr_every_second) || config_.has(Fault::M134b_never_closes);
  if (missed_watchdogs_ == missed_most && !is_patient) {
    stream_->close();
    return lost();
  }
  if (missed_watchdogs_++ == 0 || config_.has(Fault::M133_dwr_every_second)) on_own_request(diameter::watchdog_request(self_));
  await_traffic();
}

void DiameterLink::take(diameter::Message const& message) {
  if (message.header.is_request()) return take_request(message);
  switch (message.header.command) {
    case diameter::command_capabilities: return take_capabilities(message);
    case diameter::command_credit_control: return on_answer(message);
    default: return;
  }
}

void DiameterLink::take_request(diameter::Message const& request) {
  bool const is_busy = config_.has(Fault::M77_no_dwa_while_asking) && is_asking();
  if (is_busy && request.header.command == diameter::command_watchdog) return;
  switch (request.header.command) {
    case diameter::command_watchdog: return send(diameter::short_answer(request, self_, success));
    case diameter::command_disconnect: return take_disconnect(request);
    case command_reauthorize:
    case command_abort: return on_request(request);
    default:
      if (config_.has(Fault::M137_unknown_request_dropped)) return;
      send(diameter::short_answer(request, self_, command_unsupported, true));
  }
}

/// RFC 6733 5.4: the peer closes, and we come back; nothing new goes out until then.
void DiameterLink::take_disconnect(diameter::Message const& request) {
  send(diameter::short_answer(request, self_, success));
  open_ = false;
  clock_.cancel(watchdog_);
  watchdog_ = clock_.after(config_.timers.diameter_tx, [this] {  // it does not close
    stream_->close();
    lost();
  });
}

void DiameterLink::take_capabilities(diameter::Message const& answer) {
  if (diameter::result_code(answer).value_or(0) != success) {
    stream_->close();
    return lost();
  }
  open_ = true;
  await_traffic();
  on_open();
}

}  // namespace tollgate::refserver
