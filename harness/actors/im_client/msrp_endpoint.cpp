#include "actors/im_client/msrp_endpoint.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "codec/msrp/views.hpp"

namespace tollgate {

static constexpr std::uint16_t active_port = 9;  // RFC 6135 4.2.2: nobody connects to an active endpoint

MsrpEndpoint::MsrpEndpoint(Network& network, Ixit const& ixit, Recorder& recorder, Random random,
                           std::string actor, std::string party, OnSend on_send)
    : network_(network), ixit_(ixit), recorder_(recorder), random_(random), actor_(std::move(actor)),
      party_(std::move(party)), on_send_(std::move(on_send)), buffer_([](auto octets) { return msrp::frame(octets); }) {}

MsrpEndpoint::~MsrpEndpoint() = default;

sdp::MsrpMedia MsrpEndpoint::answer(sdp::MsrpMedia const& offer, sdp::Setup prefers) {
  // RFC 6135 4.2: actpass leaves the choice, active makes us passive; without a=setup the offerer connects (RFC 4975 5.4).
  active_ = offer.setup == sdp::Setup::passive || (offer.setup == sdp::Setup::actpass && prefers == sdp::Setup::active);
  std::uint16_t port = active_port;
  if (!active_) {
    listener_ = network_.listen({ixit_.bind, 0});
    listener_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
    port = listener_->local().port;
  }
  their_path_ = offer.path;
  own_path_ = fmt::format("msrp://{}:{}/{};tcp", Address{ixit_.bind, port}.uri_host(), port, random_.token(16));
  sdp::MsrpMedia media;
  media.address = ixit_.bind;
  media.address_type = ixit_.bind.find(':') == std::string::npos ? "IP4" : "IP6";
  media.port = port;
  media.path = {own_path_};
  if (offer.setup) media.setup = active_ ? sdp::Setup::active : sdp::Setup::passive;
  media.accept_types = {"message/cpim", "text/plain"};
  media.accept_wrapped_types = {"*"};
  media.direction = sdp::Direction::recvonly;  // RFC 4975 8.9: governs content SENDs only
  return media;
}

void MsrpEndpoint::connect() {
  if (!active_ || stream_ || their_path_.empty()) return;
  auto const uri = msrp::parse_uri(their_path_.front());
  if (!uri || !uri->port) return;
  std::string host(uri->host);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  adopt(network_.connect(ixit_.bind, {host, *uri->port}));
  bind_session();
}

void MsrpEndpoint::bind_session() {
  // RFC 4975 5.4: the active endpoint speaks at once, so that the passive one learns the peer from it.
  auto const tid = random_.token(16);
  auto bind = msrp::Message::request(tid, "SEND");
  bind.add("To-Path", fmt::format("{}", fmt::join(their_path_, " ")));
  bind.add("From-Path", own_path_);
  bind.add("Message-ID", random_.token(16));
  bind.add("Byte-Range", "1-0/0");
  stream_->on_open = [this, tid, octets = bind.write()] {
    auto sent = event(trace::Kind::message, trace::Direction::sent);
    sent.octets = octets;
    transactions_[tid] = recorder_.record(std::move(sent));
    stream_->send(octets);
  };
}

trace::Event MsrpEndpoint::event(trace::Kind kind, trace::Direction direction) const {
  trace::Event event{.kind = kind, .channel = trace::Channel::msrp, .direction = direction, .actor = actor_,
                     .party = party_};
  if (stream_) {
    event.local = stream_->local().text();
    event.remote = stream_->remote().text();
  }
  return event;
}

void MsrpEndpoint::adopt(std::unique_ptr<Stream> stream) {
  if (stream_) return stream->close();  // one connection a session (RFC 4975 5.4)
  stream_ = std::move(stream);
  stream_->on_octets = [this](std::string_view octets) { read(octets); };
  stream_->on_closed = [this](std::string_view reason) {
    auto closed = event(trace::Kind::closed, trace::Direction::received);
    closed.note = reason;
    recorder_.record(std::move(closed));
    former_.push_back(std::move(stream_));
  };
}

void MsrpEndpoint::read(std::string_view octets) {
  buffer_.append(octets);
  while (auto cut = buffer_.next()) {
    take(std::move(cut->octets));
    if (!stream_) return;
    if (cut->error) return close();
  }
}

void MsrpEndpoint::take(Octets octets) {
  auto received = event(trace::Kind::message, trace::Direction::received);
  auto const message = msrp::Message::parse(octets);
  received.octets = std::move(octets);
  if (!message) {
    received.note = describe(message.error());
    recorder_.record(std::move(received));
    return;
  }
  if (!message->is_request()) {
    if (auto const ours = transactions_.find(std::string(message->transaction_id())); ours != transactions_.end())
      received.about = ours->second;
    recorder_.record(std::move(received));
    return;
  }
  auto const id = recorder_.record(std::move(received));
  if (message->method() == "SEND") take_send(*message, id);
}

void MsrpEndpoint::take_send(msrp::Message const& send, trace::EventId event) {
  constexpr int ok = 200, bad_request = 400, no_session = 481, too_large = 413;
  auto const own = msrp::parse_uri(own_path_);
  auto const to = msrp::to_path(send);
  if (!to || to->empty() || !msrp::same(to->back(), *own)) return respond(send, event, no_session);
  if (!send.has_body()) return respond(send, event, ok);
  auto progress = messages_.add(send);
  if (!progress) return respond(send, event, progress.error().what == What::limit ? too_large : bad_request);
  // Only the answer to the chunk that completes a message is the case's to give.
  if (progress->state != msrp::Reassembly::State::complete) return respond(send, event, ok);
  on_send_(send, event, std::move(progress->content));
}

void MsrpEndpoint::respond(msrp::Message const& send, trace::EventId about, int status) {
  // RFC 4975 7.2: none for Failure-Report "no", only errors for "partial".
  auto const wanted = msrp::failure_report(send).value_or(msrp::FailureReport::yes);
  bool const forbidden = wanted == msrp::FailureReport::no || (wanted == msrp::FailureReport::partial && status == 200);
  if (forbidden || !stream_) {
    auto unsent = event(trace::Kind::released, trace::Direction::sent);
    unsent.about = about;
    unsent.note = fmt::format("{} SEND not sent: {}", status,
                              forbidden ? "Failure-Report forbids it (RFC 4975 7.2)" : "the connection is gone");
    recorder_.record(std::move(unsent));
    return;
  }
  auto response = msrp::Message::response(send.transaction_id(), status, status == 200 ? "OK" : "");
  auto const from = msrp::from_path(send);
  auto const raw_from = send.value("From-Path").value_or("");
  response.add("To-Path", from && !from->empty() ? raw_from.substr(0, raw_from.find(' ')) : raw_from);
  response.add("From-Path", own_path_);
  this->send(response.write(), about);
}

void MsrpEndpoint::send(Octets octets, trace::EventId about) {
  auto sent = event(trace::Kind::message, trace::Direction::sent);
  sent.octets = octets;
  sent.about = about;
  recorder_.record(std::move(sent));
  stream_->send(octets);
}

void MsrpEndpoint::close() {
  if (!stream_) return;
  stream_->close();
  auto closed = event(trace::Kind::closed, trace::Direction::sent);
  closed.note = "closed by us";
  recorder_.record(std::move(closed));
  former_.push_back(std::move(stream_));
}

}  // namespace tollgate
