#include "actors/im_client/msrp_endpoint.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "codec/msrp/views.hpp"
#include "transport/fingerprint.hpp"

namespace tollgate {

static constexpr std::uint16_t active_port = 9;  // RFC 6135 4.2.2: nobody connects to an active endpoint

MsrpEndpoint::MsrpEndpoint(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, Random random, std::string actor,
                           std::string party, Handlers handlers)
    : clock_(clock), network_(network), ixit_(ixit), recorder_(recorder), random_(random), actor_(std::move(actor)),
      party_(std::move(party)), handlers_(std::move(handlers)), buffer_([](auto octets) { return msrp::frame(octets); }),
      second_buffer_([](auto octets) { return msrp::frame(octets); }) {}

MsrpEndpoint::~MsrpEndpoint() = default;

sdp::MsrpMedia MsrpEndpoint::answer(sdp::MsrpMedia const& offer, sdp::Setup prefers) {
  // RFC 6135 4.2: actpass leaves the choice, active makes us passive; without a=setup the offerer connects (RFC 4975 5.4).
  bool const may_choose = offer.setup == sdp::Setup::actpass && relays_.empty();  // a relay takes the SUT's connection
  active_ = offer.setup == sdp::Setup::passive || (may_choose && prefers == sdp::Setup::active);
  their_path_ = offer.path;
  sdp::MsrpMedia media;
  if (relays_.empty()) {
    auto const session_id = random_.token(16);
    auto const port = listens(session_id);
    if (offer.protocol == "TCP/TLS/MSRP") secures(offer, media);
    own_path_ = fmt::format("{}://{}:{}/{};tcp", identity_ ? "msrps" : "msrp", Address{ixit_.bind, port}.uri_host(), port, session_id);
  }
  media.path = relays_;
  media.path.push_back(own_path_);
  auto const first = msrp::parse_uri(media.path.front());
  auto const at = first ? Address::of_uri(first->host, first->port.value_or(msrp::usual_port)) : Address{ixit_.bind, active_port};
  media.address = at.host;
  media.address_type = at.host.find(':') == std::string::npos ? "IP4" : "IP6";
  media.port = at.port;
  if (offer.setup) media.setup = active_ ? sdp::Setup::active : sdp::Setup::passive;
  media.accept_types = {"message/cpim", "text/plain"};
  media.accept_wrapped_types = {"*"};
  media.direction = sdp::Direction::recvonly;  // RFC 4975 8.9: governs content SENDs only
  return media;
}

/// Opens what the SUT may connect to; the port that the answer names.
std::uint16_t MsrpEndpoint::listens(std::string const& session_id) {
  bool const takes_none = active_ && behaviour_.accepts != MsrpBehaviour::Accepts::always;
  if (takes_none) return active_port;
  if (active_) {
    listener_ = listens_in_vain({ixit_.bind, 0});
    return listener_->local().port;
  }
  listener_ = shared_port_ ? shared_port_->listener_for(session_id) : network_.listen({ixit_.bind, 0}, manner());
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(secured(std::move(stream))); };
  auto const port = listener_->local().port;
  if (!behaviour_.decoy.empty()) decoy_ = listens_in_vain({behaviour_.decoy, port});
  if (behaviour_.accepts == MsrpBehaviour::Accepts::refuses) listener_.reset();  // a port at which nobody is
  return port;
}

void MsrpEndpoint::goes_through(RelayedPath path) {
  own_path_ = std::move(path.own);
  relays_ = std::move(path.relays);
  adopt(std::move(path.stream));
}

std::string MsrpEndpoint::to_path() const {
  std::vector<std::string> all(relays_.rbegin(), relays_.rend());  // the one that knows us first (RFC 4976 5.1)
  all.insert(all.end(), their_path_.begin(), their_path_.end());
  return fmt::format("{}", fmt::join(all, " "));
}

/// What comes is noted and ended.
std::unique_ptr<Listener> MsrpEndpoint::listens_in_vain(Address const& at) {
  auto listener = network_.listen(at);
  listener->on_accept = [this](std::unique_ptr<Stream> stream) {
    handlers_.on_connected(recorder_.record(event(trace::Kind::opened, trace::Direction::received, stream.get())));
    stream->close();
    former_.push_back(std::move(stream));
  };
  return listener;
}

void MsrpEndpoint::connect() {
  if (active_ && !relays_.empty() && stream_ && behaviour_.binds) return bind_session();
  if (!active_ || stream_) return;
  auto stream = connection();
  if (!stream) return;
  adopt(std::move(stream));
  if (behaviour_.binds) bind_session();
}

std::unique_ptr<Stream> MsrpEndpoint::connection() const {
  if (their_path_.empty()) return nullptr;
  auto const uri = msrp::parse_uri(their_path_.front());
  if (!uri || !uri->port) return nullptr;
  return secured(network_.connect(ixit_.bind, Address::of_uri(uri->host, *uri->port), manner()));
}

/// RFC 4975 14, RFC 8122 5: the answer has the fingerprint of our certificate, and theirs has to be the one of the offer.
void MsrpEndpoint::secures(sdp::MsrpMedia const& offer, sdp::MsrpMedia& media) {
  using enum MsrpBehaviour::Certificate;
  constexpr std::int64_t day = 86'400;
  auto const from = ixit_.started_at - 2 * day,
             until = behaviour_.certificate == expired ? ixit_.started_at - day : ixit_.started_at + 365 * day;
  identity_ = std::make_shared<TlsIdentity const>(random_.fork(), actor_, from, until, ixit_.msrp_keys);
  auto const other = TlsIdentity(random_.fork(), actor_, from, until, ixit_.msrp_keys).fingerprint();
  their_fingerprints_ = offer.fingerprints;
  if (their_fingerprints_.empty()) {  // which a certificate of an authority may have (RFC 4975 14.4)
    auto told = event(trace::Kind::played, trace::Direction::sent, nullptr);
    told.note = "the offer has no a=fingerprint: any certificate is taken";
    recorder_.record(std::move(told));
  }
  media.protocol = offer.protocol;
  media.fingerprints = {behaviour_.certificate == unlike ? other : identity_->fingerprint()};
}

std::unique_ptr<Stream> MsrpEndpoint::secured(std::unique_ptr<Stream> stream) const {
  if (!identity_) return stream;
  return std::make_unique<TlsStream>(clock_, std::move(stream), identity_, active_ ? TlsRole::client : TlsRole::server,
                                     their_fingerprints_);
}

Manner MsrpEndpoint::manner() const {
  if (!active_ && behaviour_.accepts == MsrpBehaviour::Accepts::ignores) return Manner::silent;
  return behaviour_.slow ? Manner::slow : Manner::usual;
}

void MsrpEndpoint::connects_again() {
  if (second_) former_.push_back(std::move(second_));
  auto connected = connection();
  if (!connected) return;
  second_ = std::make_unique<SegmentedStream>(clock_, std::move(connected));
  listens_to(*second_, second_buffer_);
  second_->on_closed = [this](std::string_view) { former_.push_back(std::move(second_)); };
}

void MsrpEndpoint::bind_session() {
  // RFC 4975 5.4: the active endpoint speaks at once, so that the passive one learns the peer from it.
  auto const tid = random_.token(16);
  auto bind = msrp::Message::request(tid, "SEND");
  bind.add("To-Path", to_path());
  bind.add("From-Path", own_path_);
  bind.add("Message-ID", random_.token(16));
  bind.add("Byte-Range", "1-0/0");
  auto const speaks = [this, tid, octets = bind.write()] { transactions_[tid] = {send(*stream_, octets, 0), ""}; };
  if (relays_.empty())
    stream_->on_open = speaks;
  else
    speaks();
}

trace::EventId MsrpEndpoint::sends(std::string_view method, std::string_view message_id, Amendment const& amendment) {
  auto* const on = second_ ? second_.get() : stream_.get();
  if (on == nullptr) return 0;
  auto const tid = random_.token(16);
  auto request = msrp::Message::request(tid, method);
  request.add("To-Path", to_path());
  request.add("From-Path", own_path_);
  if (method == "SEND" || method == "REPORT")
    request.add("Message-ID", message_id.empty() ? std::string_view(random_.token(16)) : message_id);
  if (method == "REPORT") request.add("Byte-Range", "1-*/*").add("Status", "000 200 OK");
  if (method == "SEND") request.add("Byte-Range", "1-5/5").add("Content-Type", "text/plain").set_body("hello");
  amendment.change(request);
  auto const id = send(*on, amendment.finish(request.write()), 0, 0, amendment.segments);
  transactions_[tid] = {id, std::string(method)};
  return id;
}

trace::EventId MsrpEndpoint::repeats(trace::Event const& event) {
  return stream_ ? send(*stream_, event.octets, event.about, event.id) : 0;
}

void MsrpEndpoint::reads_on() {
  behaviour_.stalls_after = 0;
  if (stream_) stream_->resume();
}

trace::Event MsrpEndpoint::event(trace::Kind kind, trace::Direction direction, Stream const* on) const {
  trace::Event event{.kind = kind,
                     .channel = trace::Channel::msrp,
                     .direction = direction,
                     .actor = actor_,
                     .party = party_,
                     .transport = identity_ ? trace::Transport::tls : trace::Transport::tcp};
  if (on != nullptr) {
    event.local = on->local().text();
    event.remote = on->remote().text();
  }
  return event;
}

void MsrpEndpoint::adopt(std::unique_ptr<Stream> stream) {
  if (was_connected_ && !active_)
    handlers_.on_connected(recorder_.record(event(trace::Kind::opened, trace::Direction::received, stream.get())));
  was_connected_ = true;
  if (stream_) return stream->close();  // one connection a session (RFC 4975 5.4)
  stream_ = std::make_unique<SegmentedStream>(clock_, std::move(stream));
  listens_to(*stream_, buffer_);
  stream_->on_closed = [this](std::string_view reason) {
    auto closed = event(is_unsecured(reason) ? trace::Kind::unsecured : trace::Kind::closed, trace::Direction::received, stream_.get());
    closed.note = reason;
    auto const id = recorder_.record(std::move(closed));
    former_.push_back(std::move(stream_));
    handlers_.on_closed(id);
  };
}

/// The SUT has not shaken hands, or showed another certificate than its offer has. One that has to refuse ours ends the handshake, but in
/// TLS.
bool MsrpEndpoint::is_unsecured(std::string_view reason) const {
  bool const is_refused = behaviour_.certificate != MsrpBehaviour::Certificate::good;
  return reason.starts_with(another_certificate) || (reason.starts_with(no_tls_handshake) && (!is_refused || reason.contains(what_came)));
}

void MsrpEndpoint::listens_to(Stream& stream, StreamBuffer& buffer) {
  stream.on_octets = [this, &stream, &buffer](std::string_view octets) { read(stream, buffer, octets); };
}

void MsrpEndpoint::read(Stream& stream, StreamBuffer& buffer, std::string_view octets) {
  buffer.append(octets);
  come_ += octets.size();
  if (behaviour_.stalls_after > 0 && come_ >= behaviour_.stalls_after) stream.pause();
  while (auto cut = buffer.next()) {
    take(stream, std::move(cut->octets));
    if (stream_.get() != &stream && second_.get() != &stream) return;  // closed by what it brought
    if (cut->error) return close();
  }
}

void MsrpEndpoint::take(Stream& stream, Octets octets) {
  auto received = event(trace::Kind::message, trace::Direction::received, &stream);
  auto const message = msrp::Message::parse(octets);
  received.octets = std::move(octets);
  if (!message) {
    received.note = describe(message.error());
    recorder_.record_few(std::move(received), "messages over MSRP that nobody can read");
    return;
  }
  if (message->is_request()) {
    auto const id = recorder_.record(std::move(received));
    if (message->method() == "SEND")
      take_send(*message, id);
    else
      handlers_.on_other(*message, id, std::string(message->method()));
    return;
  }
  auto const ours = transactions_.find(std::string(message->transaction_id()));
  if (ours != transactions_.end()) received.about = ours->second.event;
  auto const id = recorder_.record(std::move(received));
  if (ours != transactions_.end() && !ours->second.method.empty()) handlers_.on_other(*message, id, ours->second.method);
}

void MsrpEndpoint::take_send(msrp::Message const& send, trace::EventId event) {
  constexpr int ok = 200, bad_request = 400, no_session = 481, too_large = 413;
  auto const own = msrp::parse_uri(own_path_);
  auto const to = msrp::to_path(send);
  // A relay before us has its own URI in front of or behind ours (RFC 4975 8.3).
  bool const is_ours = to && std::ranges::any_of(*to, [&](auto const& uri) { return msrp::same(uri, *own); });
  if (!is_ours) return (void)respond(send, event, no_session);
  if (!send.has_body()) return (void)respond(send, event, ok);
  auto progress = messages_.add(send);
  bool const is_the_cases = behaviour_.every_chunk;  // to answer, and to judge where it fits nowhere
  if (!progress && !is_the_cases) return (void)respond(send, event, progress.error().what == What::limit ? too_large : bad_request);
  bool const is_whole = progress && progress->state == msrp::Reassembly::State::complete;
  if (!is_whole && !is_the_cases) return (void)respond(send, event, ok);
  handlers_.on_send(send, event, is_whole ? std::optional(std::move(progress->content)) : std::nullopt);
}

trace::EventId MsrpEndpoint::respond(msrp::Message const& send, trace::EventId about, int status, Amendment const& amendment) {
  // RFC 4975 7.2: none for Failure-Report "no", only errors for "partial".
  auto const wanted = msrp::failure_report(send).value_or(msrp::FailureReport::yes);
  bool const forbidden = wanted == msrp::FailureReport::no || (wanted == msrp::FailureReport::partial && status == 200);
  if (forbidden || !stream_) {
    auto unsent = event(trace::Kind::released, trace::Direction::sent, stream_.get());
    unsent.about = about;
    unsent.note =
        fmt::format("{} SEND not sent: {}", status, forbidden ? "Failure-Report forbids it (RFC 4975 7.2)" : "the connection is gone");
    recorder_.record(std::move(unsent));
    return 0;
  }
  auto response = msrp::Message::response(send.transaction_id(), status, status == 200 ? "OK" : "");
  auto const from = msrp::from_path(send);
  auto const raw_from = send.value("From-Path").value_or("");
  response.add("To-Path", from && !from->empty() ? raw_from.substr(0, raw_from.find(' ')) : raw_from);
  response.add("From-Path", own_path_);
  amendment.change(response);
  bool const is_its_own = response.transaction_id() == send.transaction_id();
  return this->send(*stream_, amendment.finish(response.write()), is_its_own ? about : 0, 0, amendment.segments);
}

trace::EventId MsrpEndpoint::send(SegmentedStream& stream, Octets octets, trace::EventId about, trace::EventId repeats, Segments segments) {
  auto sent = event(trace::Kind::message, trace::Direction::sent, &stream);
  sent.octets = std::move(octets);
  sent.about = about;
  sent.repeats = repeats;
  Wire const wire{.put =
                      [this, on = &stream](Octets const& out, Segments in) {
                        bool const is_there = stream_.get() == on || second_.get() == on;
                        if (is_there) on->send(out, in);
                        return is_there;
                      },
                  .end = [this](bool reset) { reset ? this->reset() : close(); }};
  return recorder_.sends(std::move(sent), segments, wire);
}

void MsrpEndpoint::closed(std::string_view why) {
  auto closed = event(trace::Kind::closed, trace::Direction::sent, stream_.get());
  closed.note = why;
  recorder_.record(std::move(closed));
  former_.push_back(std::move(stream_));
}

void MsrpEndpoint::close() {
  if (!stream_) return;
  stream_->close();
  closed("closed by us");
}

void MsrpEndpoint::reset() {
  if (!stream_) return;
  stream_->reset();
  closed("reset by us");
}

}  // namespace tollgate
