#include "refserver/msrp_session.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "codec/cpim/message.hpp"
#include "codec/msrp/views.hpp"

namespace tollgate::refserver {

MsrpSession::MsrpSession(Clock& clock, Network& network, Random random, Config const& config, OnEvent on_event)
    : clock_(clock), network_(network), random_(random), config_(config), on_event_(std::move(on_event)),
      listener_(network.listen({config.sip.host, 0})) {
  auto const local = listener_->local();
  own_path_ = fmt::format("msrp://{}/{};tcp", local.text(), random_.token(20));
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
}

MsrpSession::~MsrpSession() {
  clock_.cancel(bind_limit_);
  for (auto const& [id, sent] : sent_) clock_.cancel(sent.limit);
}

// --- offer and answer -----------------------------------------------------------------------------------------------

sdp::MsrpMedia MsrpSession::offer() const {
  sdp::MsrpMedia media;
  auto const local = listener_->local();
  media.address = local.host;
  media.address_type = local.host.contains(':') ? "IP6" : "IP4";
  media.port = local.port;
  media.path = {own_path_};
  media.setup = sdp::Setup::actpass;
  media.accept_types = {"message/cpim", "text/plain"};
  media.accept_wrapped_types = {"*"};
  media.direction = sdp::Direction::sendonly;
  return media;
}

bool MsrpSession::accept(sdp::MsrpMedia const& answer) {
  bool const may_send = answer.direction == sdp::Direction::recvonly || answer.direction == sdp::Direction::sendrecv;
  if (answer.port == 0 || answer.path.empty() || !may_send) return false;
  auto const uri = msrp::parse_uri(answer.path.front());  // the leftmost one is where to connect (RFC 4975 8.3)
  if (!uri) return false;
  peer_ = answer;
  if (bound_ != 0) return true;  // the peer knew our path from the offer and was quicker than its answer
  bind_limit_ = clock_.after(config_.timers.bind, [this] { on_event_({.kind = MsrpEvent::Kind::lost}); });
  if (answer.setup == sdp::Setup::active) return true;
  if (!uri->port) return false;
  std::string host(uri->host);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  auto const id = adopt(network_.connect(config_.sip.host, {host, *uri->port}));
  connections_.at(id).stream->on_open = [this, id] { bind(id); };
  return true;
}

// --- connections ----------------------------------------------------------------------------------------------------

std::uint64_t MsrpSession::adopt(std::unique_ptr<Stream> stream) {
  auto const id = ++next_connection_;
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view) { lost(id); };
  connections_.emplace(id, Connection{std::move(stream), StreamBuffer([](auto octets) { return msrp::frame(octets); })});
  return id;
}

void MsrpSession::read(std::uint64_t id, std::string_view octets) {
  Connection& connection = connections_.at(id);
  connection.buffer.append(octets);
  while (!connection.gone) {
    auto const cut = connection.buffer.next();
    if (!cut) return;
    auto const message = msrp::Message::parse(cut->octets);
    if (cut->error || !message) {
      connection.stream->close();
      return lost(id);
    }
    take(id, *message);
  }
}

void MsrpSession::bind(std::uint64_t id) {
  bound_ = id;
  clock_.cancel(bind_limit_);
  on_event_({.kind = MsrpEvent::Kind::bound});
}

/// RFC 4975 5.4: a session on a connection that is lost has failed.
void MsrpSession::lost(std::uint64_t id) {
  connections_.at(id).gone = true;
  if (id != bound_) return;
  for (auto const& [transaction_id, sent] : sent_) clock_.cancel(sent.limit);
  sent_.clear();
  on_event_({.kind = MsrpEvent::Kind::lost});
}

void MsrpSession::close() {
  for (auto& [id, connection] : connections_)
    if (!std::exchange(connection.gone, true)) connection.stream->close();
}

// --- what comes -----------------------------------------------------------------------------------------------------

void MsrpSession::take(std::uint64_t id, msrp::Message const& message) {
  if (message.is_request()) take_request(id, message);
  else if (id == bound_) take_response(message);
}

/// RFC 4975 5.4, 7.3, 10: whether the request is for this session, on its connection.
int MsrpSession::status_of(std::uint64_t id, msrp::Message const& request) const {
  constexpr int ok = 200, bad_request = 400, no_session = 481, unknown_method = 501, bound_elsewhere = 506;
  auto const to = msrp::to_path(request);
  auto const own = msrp::parse_uri(own_path_);
  if (!to || !msrp::from_path(request)) return bad_request;
  if (!msrp::same(to->back(), *own)) return no_session;
  if (request.method() != "SEND") return unknown_method;
  return bound_ != 0 && bound_ != id ? bound_elsewhere : ok;
}

void MsrpSession::take_request(std::uint64_t id, msrp::Message const& request) {
  constexpr int ok = 200;
  if (request.method() == "REPORT") return;  // never answered (RFC 4975 7.1.2)
  int const status = status_of(id, request);
  auto const wanted = msrp::failure_report(request).value_or(msrp::FailureReport::yes);
  if (wanted == msrp::FailureReport::yes || (wanted == msrp::FailureReport::partial && status != ok)) {
    auto response = msrp::Message::response(request.transaction_id(), status);
    auto const from = request.value("From-Path").value_or("");
    response.add("To-Path", from.substr(0, from.find(' ')));
    response.add("From-Path", own_path_);
    connections_.at(id).stream->send(response.write());
  }
  if (status == ok && bound_ == 0) bind(id);  // the passive end learns its peer from the first SEND
}

void MsrpSession::take_response(msrp::Message const& response) {
  settle(std::string(response.transaction_id()), response.status());
}

/// A message has its outcome with the first chunk that fails, or with the last one that succeeds.
void MsrpSession::settle(std::string const& transaction_id, int status) {
  constexpr int ok = 200;
  auto const sent = sent_.extract(transaction_id);
  if (sent.empty() && status == ok && config_.has(Fault::M43_debit_again_on_late_200)) on_event_({.kind = MsrpEvent::Kind::debit});
  if (sent.empty()) return;
  auto const message = sent.mapped().message;
  clock_.cancel(sent.mapped().limit);
  auto const left = outstanding_.find(message);
  if (left == outstanding_.end() || (status == ok && --left->second > 0)) return;
  outstanding_.erase(left);
  on_event_({.kind = MsrpEvent::Kind::settled, .message = message, .status = status});
}

// --- what goes ------------------------------------------------------------------------------------------------------

static bool has(std::vector<std::string> const& types, std::string_view type) {
  return std::ranges::any_of(types, [&](auto const& one) { return one == "*" || iequals(one, type); });
}

/// Wrapped in message/cpim with the original sender and time where the peer takes it, else as it was stored.
std::optional<MsrpSession::Body> MsrpSession::body_of(Deferred const& message) const {
  bool const wrapped = has(peer_.accept_types, "message/cpim") &&
                       (has(peer_.accept_wrapped_types, message.content_type) || has(peer_.accept_types, message.content_type));
  if (wrapped) {
    cpim::Message cpim;
    cpim.headers = {{"From", fmt::format("<{}>", message.from), ""},
                    {"To", fmt::format("<{}>", message.to), ""},
                    {"DateTime", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(message.stored_at)), ""}};
    cpim.content_headers = {{"Content-Type", message.content_type, ""}};
    cpim.content = message.content;
    return Body{"message/cpim", cpim.write()};
  }
  if (!has(peer_.accept_types, message.content_type)) return std::nullopt;
  return Body{message.content_type, message.content};
}

bool MsrpSession::send(Deferred const& message) {
  if (bound_ == 0 || connections_.at(bound_).gone) return false;
  auto const body = body_of(message);
  if (!body) return false;
  auto const message_id = random_.token(20);
  std::size_t from = 0;
  do {
    ++outstanding_[message.id];
    send_chunk(message, *body, from, message_id);
    from += config_.chunk_octets;
  } while (from < body->octets.size());
  return true;
}

void MsrpSession::send_chunk(Deferred const& message, Body const& body, std::size_t from, std::string const& message_id) {
  auto const octets = std::string_view(body.octets).substr(from, config_.chunk_octets);
  auto const end = from + octets.size();
  std::string transaction_id;
  do transaction_id = config_.has(Fault::M101_one_transaction_id) ? own_path_.substr(own_path_.size() - 24, 20) : random_.token(20);
  while (octets.contains("-------" + transaction_id));  // RFC 4975 7.1
  auto send = msrp::Message::request(transaction_id, "SEND");
  send.add("To-Path", fmt::format("{}", fmt::join(peer_.path, " ")));
  send.add("From-Path", own_path_);
  send.add("Message-ID", message_id);
  send.add("Byte-Range", msrp::write(msrp::ByteRange{.start = from + 1, .end = end, .total = body.octets.size()}));
  if (config_.has(Fault::M106_no_failure_report)) send.add("Failure-Report", "no");
  send.add("Content-Type", body.content_type);
  send.set_body(octets);
  send.set_flag(end < body.octets.size() ? '+' : '$');
  connections_.at(bound_).stream->send(send.write());
  // RFC 4975 7.1.1: from the last octet handed over.
  auto const limit = clock_.after(config_.timers.msrp_transaction, [this, transaction_id] { settle(transaction_id, 0); });
  sent_.emplace(transaction_id, Sent{message.id, limit});
}

}  // namespace tollgate::refserver
