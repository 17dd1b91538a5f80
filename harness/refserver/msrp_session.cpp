#include "refserver/msrp_session.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "codec/msrp/judge.hpp"
#include "codec/msrp/views.hpp"

namespace tollgate::refserver {

MsrpSession::MsrpSession(Clock& clock, Network& network, Random random, Config const& config, Writer& writer, std::string const& session_id,
                         std::shared_ptr<TlsIdentity const> identity, OnEvent on_event)
    : clock_(clock), network_(network), random_(random), config_(config), writer_(writer), identity_(std::move(identity)),
      on_event_(std::move(on_event)), listener_(network.listen({config.sip.host, 0})) {
  auto const local = listener_->local();
  own_path_ = fmt::format("{}://{}/{};tcp", identity_ ? "msrps" : "msrp", local.text(), session_id);
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { accepted(std::move(stream)); };
}

void MsrpSession::accepted(std::unique_ptr<Stream> stream) {
  if (identity_ && peer_.path.empty()) return keep(std::move(stream));
  auto const id = adopt(secured(std::move(stream), TlsRole::server));
  if (config_.has(Fault::M97_sends_before_binding) && bound_ == 0) bind(id);
}

void MsrpSession::keep(std::unique_ptr<Stream> stream) {
  constexpr std::size_t early_octets_max = 64 << 10;
  auto& early = early_.emplace_back(std::move(stream));
  early.stream->on_octets = [&early](std::string_view octets) {
    early.octets += octets;
    if (early.octets.size() > early_octets_max) early.stream->pause();
  };
}

void MsrpSession::take_early() {
  for (auto& [stream, octets] : std::exchange(early_, {})) {
    auto& below = *stream;
    accepted(std::move(stream));
    if (!octets.empty()) below.on_octets(octets);
  }
}

std::unique_ptr<Stream> MsrpSession::secured(std::unique_ptr<Stream> stream, TlsRole role) const {
  if (!identity_ || config_.has(Fault::M231_msrp_in_the_clear)) return stream;
  auto const peer = config_.has(Fault::M169_fingerprint_unchecked) ? TlsPeer() : TlsPeer(peer_.fingerprints);
  return std::make_unique<TlsStream>(clock_, std::move(stream), identity_, role, peer);
}

MsrpSession::~MsrpSession() {
  clock_.cancel(bind_limit_);
  clock_.cancel(turn_);
  if (writer_.session == this) writer_.session = nullptr;
  for (auto const& [id, sent] : sent_) clock_.cancel(sent.limit);
  for (auto const& timer : unnoted_) clock_.cancel(timer);
}

// Offer and answer.

/// M230.
static constexpr char const* of_another =
    "SHA-384 AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:"
    "AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA:AA";

sdp::MsrpMedia MsrpSession::offer() const {
  sdp::MsrpMedia media;
  auto const local = listener_->local();
  media.address = config_.has(Fault::M160d_c_unlike_path) ? (local.host.contains(':') ? "2001:db8::1" : "192.0.2.1") : local.host;
  media.address_type = local.host.contains(':') ? "IP6" : "IP4";
  media.port = config_.has(Fault::M160_port_unlike_path) ? static_cast<std::uint16_t>(local.port + 1) : local.port;
  if (config_.has(Fault::M160b_protocol_misspelt)) media.protocol = "tcp/msrp";
  media.path = {own_path_};
  if (identity_) media.protocol = "TCP/TLS/MSRP";
  if (identity_) media.fingerprints = {identity_->fingerprint()};
  if (identity_ && config_.has(Fault::M230_fingerprint_of_another)) media.fingerprints.push_back(of_another);
  media.setup = config_.has(Fault::M95_offers_passive) ? sdp::Setup::passive : config_.connects ? sdp::Setup::active : sdp::Setup::actpass;
  if (config_.profile.legacy_setup) media.setup.reset();
  if (!config_.has(Fault::M160c_no_accept_types)) media.accept_types = {"message/cpim", "text/plain"};
  media.accept_wrapped_types = {"*"};
  media.direction = sdp::Direction::sendonly;
  return media;
}

bool MsrpSession::accept(sdp::MsrpMedia const& answer) {
  bool const may_send = answer.direction == sdp::Direction::recvonly || answer.direction == sdp::Direction::sendrecv ||
                        config_.has(Fault::M163_sends_where_nobody_receives);
  if (answer.port == 0 || answer.path.empty() || !may_send) return false;
  if (identity_ && (answer.protocol != "TCP/TLS/MSRP" || answer.fingerprints.empty())) return false;  // RFC 4975 14.4
  bool const rightmost = config_.has(Fault::M113_connects_to_rightmost);
  auto const uri = msrp::parse_uri(rightmost ? answer.path.back() : answer.path.front());  // the leftmost: RFC 4975 8.3
  if (!uri) return false;
  peer_ = answer;
  take_early();
  if (bound_ != 0) return true;  // the peer knew our path from the offer and was quicker than its answer
  bind_limit_ = clock_.after(config_.timers.bind, [this] { on_event_({.kind = MsrpEvent::Kind::lost}); });
  if (config_.has(Fault::M192_connects_to_active) && answer.setup == sdp::Setup::active && uri->port)
    adopt(network_.connect(config_.sip.host, Address::of_uri(uri->host, *uri->port)));
  if (answer.setup == sdp::Setup::active) return true;
  if (!uri->port) return false;
  auto address = Address::of_uri(uri->host, *uri->port);
  if (config_.has(Fault::M176_connects_to_origin)) address.host = answer.address;
  auto const id = adopt(secured(network_.connect(config_.sip.host, address), TlsRole::client));
  if (config_.has(Fault::M185_connects_and_waits)) return true;
  connections_.at(id).stream->on_open = [this, id] { introduce(id); };
  return true;
}

// Connections.

std::uint64_t MsrpSession::adopt(std::unique_ptr<Stream> stream) {
  auto const id = ++next_connection_;
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view) { lost(id); };
  connections_.emplace(id, Connection{std::move(stream), StreamBuffer([](auto octets) { return msrp::frame(octets); })});
  return id;
}

void MsrpSession::read(std::uint64_t id, std::string_view octets) {
  Connection& connection = connections_.at(id);
  if (config_.has(Fault::M115_reads_by_segment)) connection.buffer = StreamBuffer([](auto cut) { return msrp::frame(cut); });
  connection.buffer.append(octets);
  while (!connection.gone) {
    auto const cut = connection.buffer.next();
    if (!cut) return;
    config_.defects.msrp_octets(cut->octets);
    auto const message = msrp::Message::parse(cut->octets);
    if (cut->error && config_.has(Fault::M115_reads_by_segment)) return;
    if ((cut->error || !message) && config_.has(Fault::M61_malformed_response_counts) && !sent_.empty()) {
      connection.buffer = StreamBuffer([](auto octets_left) { return msrp::frame(octets_left); });
      return settle(std::string(sent_.begin()->first), 200);
    }
    if (cut->error || !message) {
      connection.stream->close();
      return lost(id);
    }
    if (config_.defects.counts_again(*message)) on_event_({.kind = MsrpEvent::Kind::debit});
    bool const is_sound = message->is_request() || msrp::judge(cut->octets).outcome != Outcome::reject;
    if (is_sound) take(id, *message);  // what is no response answers nothing
  }
}

/// RFC 4975 5.4: who connects speaks at once, so that the passive end learns whose connection it is.
void MsrpSession::introduce(std::uint64_t id) {
  introduction_ = random_.token(20);
  auto send = msrp::Message::request(introduction_, "SEND");
  send.add("To-Path", fmt::format("{}", fmt::join(peer_.path, " "))).add("From-Path", own_path_);
  send.add("Message-ID", random_.token(20)).add("Byte-Range", "1-0/0");
  connections_.at(id).stream->send(send.write());
  bind(id);
}

void MsrpSession::bind(std::uint64_t id) {
  bound_ = id;
  clock_.cancel(bind_limit_);
  on_event_({.kind = MsrpEvent::Kind::bound});
}

/// RFC 4975 5.4: a session on a connection that is lost has failed.
void MsrpSession::lost(std::uint64_t id) {
  config_.defects.msrp_lost(own_path_);
  connections_.at(id).gone = true;
  for (auto const& timer : std::exchange(unnoted_, {})) clock_.cancel(timer);
  if (id == bound_) abandon();
}

void MsrpSession::abandon() {
  withdraw([](Outgoing const&) { return true; });
  queue_.clear();
  if (writer_.session == this) writer_.session = nullptr;
  for (auto const& [transaction_id, sent] : sent_) clock_.cancel(sent.limit);
  sent_.clear();
  on_event_({.kind = MsrpEvent::Kind::lost});
}

void MsrpSession::close() {
  for (auto& [id, connection] : connections_)
    if (!std::exchange(connection.gone, true)) connection.stream->close();
}

void MsrpSession::connect_again() {
  if (peer_.path.empty()) return;
  auto const uri = msrp::parse_uri(peer_.path.front());
  if (uri && uri->port) adopt(network_.connect(config_.sip.host, Address::of_uri(uri->host, *uri->port)));
}

// What comes.

void MsrpSession::take(std::uint64_t id, msrp::Message const& message) {
  config_.defects.msrp_message(own_path_, message);
  if (message.is_request())
    take_request(id, message);
  else if (id == bound_)
    take_response(message);
}

/// RFC 4975 5.4, 7.3, 10: whether the request is for this session, on its connection.
int MsrpSession::status_of(std::uint64_t id, msrp::Message const& request) const {
  constexpr int ok = 200, bad_request = 400, no_session = 481, unknown_method = 501, bound_elsewhere = 506;
  auto const to = msrp::to_path(request);
  auto const own = msrp::parse_uri(own_path_);
  bool const is_known = !config_.has(Fault::M164_session_known_late) || !peer_.path.empty();
  if (!to || !msrp::from_path(request)) return bad_request;
  constexpr std::uint64_t octets_max = 1 << 20;  // of a message: nobody is invited to send any
  auto const judgement = msrp::judge(request.write(), {.message_octets_max = octets_max});
  bool const is_taken = judgement.outcome != Outcome::reject || !judgement.answer || config_.has(Fault::M198_takes_any_range);
  if (!is_taken) return static_cast<int>(*judgement.answer);
  if (!is_known || (!msrp::same(to->back(), *own) && !config_.has(Fault::M98_binds_any_connection))) return no_session;
  if (request.method() != "SEND") return unknown_method;
  bool const is_elsewhere = bound_ != 0 && bound_ != id && !config_.has(Fault::M100_second_connection);
  return is_elsewhere ? bound_elsewhere : ok;
}

void MsrpSession::take_request(std::uint64_t id, msrp::Message const& request) {
  constexpr int ok = 200;
  if (request.method() == "REPORT") {  // never answered (RFC 4975 7.1.2)
    if (config_.has(Fault::M110_answers_report)) respond(id, request, ok);
    if (config_.has(Fault::M44_debit_on_report)) on_event_({.kind = MsrpEvent::Kind::debit});
    return;
  }
  writer_.unfinished += request.flag() == '+' ? 1 : 0;
  int const status = status_of(id, request);
  auto const wanted = msrp::failure_report(request).value_or(msrp::FailureReport::yes);
  if (wanted == msrp::FailureReport::yes || (wanted == msrp::FailureReport::partial && status != ok)) respond(id, request, status);
  if (status == ok && bound_ == 0) bind(id);  // the passive end learns its peer from the first SEND
}

/// Where the request says from where it came; one that does not has no answer.
void MsrpSession::respond(std::uint64_t id, msrp::Message const& request, int status) {
  auto response = msrp::Message::response(request.transaction_id(), status);
  auto const from = request.value("From-Path").value_or("");
  if (from.empty()) return;
  response.add("To-Path", from.substr(0, from.find(' ')));
  response.add("From-Path", own_path_);
  connections_.at(id).stream->send(response.write());
}

void MsrpSession::take_response(msrp::Message const& response) {
  constexpr int ok = 200;
  // RFC 4975 7.2, 9: both paths, and whole; anything else is no response to any of our requests.
  if (!msrp::to_path(response) || !msrp::from_path(response) || response.flag() != '$') return;
  if (response.transaction_id() == introduction_) return response.status() == ok ? void() : abandon();
  if (is_left_open(response.status()))
    for (auto const& [transaction_id, sent] : sent_)
      if (transaction_id == response.transaction_id()) return clock_.cancel(sent.limit);
  settle(std::string(response.transaction_id()), response.status());
}

/// Of M41 and M124: neither an outcome nor any longer without a response.
bool MsrpSession::is_left_open(int status) const {
  constexpr int request_timeout = 408;
  return (config_.has(Fault::M41_408_ignored) && status == request_timeout) ||
         (config_.has(Fault::M124_5xx_left_open) && status / 100 == 5);
}

/// M55 notes an outcome a moment late.
void MsrpSession::tell(MsrpEvent const& event) {
  if (!config_.has(Fault::M55_debit_lost_with_connection)) return on_event_(event);
  unnoted_.push_back(clock_.after(1ms, [this, event] { on_event_(event); }));
}

/// A message has its outcome with the first chunk that fails, or with the last one.
void MsrpSession::settle(std::string const& transaction_id, int status) {
  constexpr int ok = 200, unsupported = 415, no_session = 481;
  auto const chunk = sent_.extract(transaction_id);
  if (chunk.empty() && status == ok && config_.has(Fault::M43_debit_again_on_late_200)) on_event_({.kind = MsrpEvent::Kind::debit});
  if (chunk.empty()) return;
  Sent const& sent = chunk.mapped();
  clock_.cancel(sent.limit);
  answered(transaction_id, status == ok);
  bool const is_repeated = config_.has(Fault::M167_repeats_refused_type);
  if (status == unsupported && !is_repeated)  // RFC 4975 10.6
    withdraw([&](Outgoing const& other) { return other.body.media_type == sent.media_type; });
  if (config_.has(Fault::M46_debit_at_first_chunk) && status == ok && !sent.is_last) on_event_({.kind = MsrpEvent::Kind::debit});
  bool const is_outcome = (status != ok || sent.is_last) && !sent.is_after_failure;
  if (is_outcome) tell({.kind = MsrpEvent::Kind::settled, .message = sent.message, .status = status});
  if (status == no_session) return abandon();  // RFC 4975 10.8
  write();
}

}  // namespace tollgate::refserver
