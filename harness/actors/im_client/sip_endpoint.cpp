#include "actors/im_client/sip_endpoint.hpp"

#include "base/parsed.hpp"

namespace tollgate {

using trace::Transport;

SipEndpoint::SipEndpoint(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, std::string actor, std::string party,
                         Handler on_message)
    : clock_(clock), network_(network), ixit_(ixit), recorder_(recorder), actor_(std::move(actor)), party_(std::move(party)),
      on_message_(std::move(on_message)), contact_(open_both(network, {ixit.bind, 0})), session_(open_both(network, {ixit.bind, 0})),
      later_(clock) {
  open(contact_);
  open(session_);
}

SipEndpoint::~SipEndpoint() = default;

void SipEndpoint::open(Both& sockets) {
  sockets.udp->on_octets = [this, local = sockets.local()](Octets const& octets, Address const& from) {
    take(octets, {.transport = Transport::udp, .local = local, .remote = from});
  };
  sockets.tcp->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
}

std::uint64_t SipEndpoint::adopt(std::unique_ptr<Stream> connected) {
  auto const id = ++next_connection_;
  auto stream = std::make_unique<SegmentedStream>(clock_, std::move(connected));
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view) {
    if (to_sut_ == id) to_sut_ = 0;
    later_.post([this, id] { connections_.erase(id); });  // not inside the stream's own call
  };
  connections_.emplace(id, Connection{std::move(stream), StreamBuffer([](auto octets) { return sip::frame(octets); })});
  return id;
}

void SipEndpoint::read(std::uint64_t id, std::string_view octets) {
  Connection& connection = connections_.at(id);
  connection.buffer.append(octets);
  SipSource const source{
      .transport = Transport::tcp, .local = connection.stream->local(), .remote = connection.stream->remote(), .stream = id};
  while (auto const cut = connection.buffer.next()) {
    take(cut->octets, source);
    if (cut->error) return connection.stream->close();
  }
}

void SipEndpoint::take(std::string_view octets, SipSource const& source) {
  trace::Event event{.channel = trace::Channel::sip,
                     .direction = trace::Direction::received,
                     .actor = actor_,
                     .party = party_,
                     .transport = source.transport,
                     .local = source.local.text(),
                     .remote = source.remote.text(),
                     .octets = Octets(octets)};
  auto message = sip::Message::parse(octets);
  if (message) return on_message_(std::move(*message), std::move(event), source);
  event.note = describe(message.error());
  recorder_.record(std::move(event));
}

trace::EventId SipEndpoint::sent(Octets const& octets, SipSource const& path, trace::EventId about, trace::EventId repeats) {
  return recorder_.record({.channel = trace::Channel::sip,
                           .direction = trace::Direction::sent,
                           .actor = actor_,
                           .party = party_,
                           .transport = path.transport,
                           .local = path.local.text(),
                           .remote = path.remote.text(),
                           .octets = octets,
                           .about = about,
                           .repeats = repeats});
}

trace::EventId SipEndpoint::send_request(Octets const& octets, trace::EventId repeats, Segments segments) {
  SipSource path{.transport = transport_, .local = session_contact(), .remote = ixit_.sut_sip};
  if (path.transport == Transport::udp) {
    auto const id = sent(octets, path, 0, repeats);
    session_.udp->send(octets, ixit_.sut_sip);
    return id;
  }
  if (to_sut_ == 0) to_sut_ = adopt(network_.connect(ixit_.bind, ixit_.sut_sip));
  SegmentedStream& stream = *connections_.at(to_sut_).stream;
  if (stream.local().port != 0) path.local = stream.local();
  auto const id = sent(octets, path, 0, repeats);
  stream.send(octets, segments);
  return id;
}

void SipEndpoint::send_again(trace::Event const& event) {
  if (event.transport == Transport::udp) {
    auto const to = Address::parse(event.remote);
    if (!to) return;
    auto const& from = event.local == contact().text() ? contact_ : session_;
    sent(event.octets, {.transport = event.transport, .local = from.local(), .remote = *to}, event.about, event.id);
    return from.udp->send(event.octets, *to);
  }
  for (auto& [id, connection] : connections_) {
    if (connection.stream->local().text() != event.local || connection.stream->remote().text() != event.remote) continue;
    sent(event.octets, {.transport = event.transport, .local = connection.stream->local(), .remote = connection.stream->remote()},
         event.about, event.id);
    return connection.stream->send(event.octets);
  }
}

trace::EventId SipEndpoint::send_response(Octets const& octets, SipSource const& to, trace::EventId about, trace::EventId repeats) {
  auto const id = sent(octets, to, about, repeats);
  if (to.transport == Transport::udp) {
    auto const& from = to.local == contact() ? contact_ : session_;
    from.udp->send(octets, to.remote);
  } else if (auto const at = connections_.find(to.stream); at != connections_.end()) {
    at->second.stream->send(octets);
  }
  return id;
}

}  // namespace tollgate
