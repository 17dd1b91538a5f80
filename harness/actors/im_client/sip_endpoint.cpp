#include "actors/im_client/sip_endpoint.hpp"

#include <algorithm>

#include "base/parsed.hpp"

namespace tollgate {

static constexpr std::string_view unreadable_sip = "messages over SIP that nobody can read";

using trace::Transport;

SipEndpoint::SipEndpoint(Clock& clock, Network& network, Ixit const& ixit, Recorder& recorder, std::string actor, std::string party,
                         Handler on_message, OnEnded on_ended)
    : clock_(clock), network_(network), ixit_(ixit), recorder_(recorder), actor_(std::move(actor)), party_(std::move(party)),
      on_message_(std::move(on_message)), on_ended_(std::move(on_ended)), secured_(clock, network, ixit.identity), later_(clock) {}

SipEndpoint::~SipEndpoint() = default;

Both& SipEndpoint::opened(Door& door) {
  if (door.plain) return *door.plain;
  door.plain = open_both(network_, {ixit_.bind, 0});
  door.plain->udp->on_octets = [this, local = door.plain->local()](Octets const& octets, Address const& from) {
    if (!sip::is_keep_alive(octets)) take(octets, {.transport = Transport::udp, .local = local, .remote = from});
  };
  door.plain->tcp->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream), Transport::tcp); };
  return *door.plain;
}

Listener& SipEndpoint::opened_tls(Door& door) {
  if (door.tls) return *door.tls;
  door.tls = secured_.listen({ixit_.bind, 0});
  door.tls->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream), Transport::tls); };
  door.tls->on_refused = [this, local = door.tls->local()](Address const& remote, std::string_view reason) {
    note_unsecured(local, remote, reason);
  };
  return *door.tls;
}

Address SipEndpoint::address_of(Door& door) {
  auto const plain = opened(door).local();
  return transport_ == Transport::tls ? opened_tls(door).local() : plain;
}

void SipEndpoint::note_unsecured(Address const& local, Address const& remote, std::string_view reason) {
  recorder_.record({.kind = trace::Kind::unsecured,
                    .channel = trace::Channel::sip,
                    .actor = actor_,
                    .party = party_,
                    .transport = Transport::tls,
                    .local = local.text(),
                    .remote = remote.text(),
                    .note = std::string(reason)});
}

std::uint64_t SipEndpoint::adopt(std::unique_ptr<Stream> connected, Transport transport) {
  auto const id = ++next_connection_;
  auto stream = std::make_unique<SegmentedStream>(clock_, std::move(connected));
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view reason) { ended(id, reason); };
  connections_.emplace(id, Connection{transport, std::move(stream), StreamBuffer([](auto octets) { return sip::frame(octets); })});
  return id;
}

void SipEndpoint::ended(std::uint64_t id, std::string_view reason) {
  auto const& [transport, stream, buffer, is_ours] = connections_.at(id);
  bool const was_to_sut = to_sut_ == id;
  if (was_to_sut) to_sut_ = 0;
  later_.post([this, id] { connections_.erase(id); });  // not inside the stream's own call
  if (reason == closed_by_peer && !trim(buffer.rest()).empty()) note_cut_off(connections_.at(id));
  if (reason.starts_with(no_tls_handshake)) return note_unsecured(stream->local(), stream->remote(), reason);
  if (!was_to_sut) return;
  on_ended_(recorder_.record({.kind = trace::Kind::closed,
                              .channel = trace::Channel::sip,
                              .direction = trace::Direction::received,
                              .actor = actor_,
                              .party = party_,
                              .transport = transport,
                              .local = stream->local().text(),
                              .remote = stream->remote().text(),
                              .note = std::string(reason)}));
}

/// Over a stream a message has all of its body (RFC 3261 18.3).
void SipEndpoint::note_cut_off(Connection const& connection) {
  recorder_.record_few({.channel = trace::Channel::sip,
                        .direction = trace::Direction::received,
                        .actor = actor_,
                        .party = party_,
                        .transport = connection.transport,
                        .local = connection.stream->local().text(),
                        .remote = connection.stream->remote().text(),
                        .octets = Octets(connection.buffer.rest()),
                        .note = "the connection ended before the message was complete (RFC 3261 18.3)"},
                       unreadable_sip);
}

/// A ping before it is answered, where it is the SUT's to send one.
std::optional<StreamBuffer::Cut> SipEndpoint::Connection::next() {
  while (!is_ours && buffer.skip(sip::keep_alive_ping)) stream->send(sip::keep_alive_pong);
  return buffer.next();
}

void SipEndpoint::read(std::uint64_t id, std::string_view octets) {
  Connection& connection = connections_.at(id);
  connection.buffer.append(octets);
  SipSource const source{
      .transport = connection.transport, .local = connection.stream->local(), .remote = connection.stream->remote(), .stream = id};
  while (auto const cut = connection.next()) {
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
  recorder_.record_few(std::move(event), unreadable_sip);
}

bool SipEndpoint::put(Octets const& octets, SipSource const& path, Segments segments) {
  if (path.transport == Transport::udp) {
    bool const is_contact = contact_.plain && path.local == contact_.plain->local();
    opened(is_contact ? contact_ : session_).udp->send(octets, path.remote);
    return true;
  }
  auto const at = connections_.find(path.stream);
  if (at != connections_.end()) at->second.stream->send(octets, segments);
  return at != connections_.end();
}

trace::EventId SipEndpoint::send(Octets const& octets, SipSource const& path, trace::EventId about, trace::EventId repeats,
                                 Segments segments) {
  Wire const wire{.put = [this, path](Octets const& out, Segments in) { return put(out, path, in); },
                  .end =
                      [this, id = path.stream](bool reset) {
                        auto const at = connections_.find(id);
                        if (at == connections_.end()) return;
                        reset ? at->second.stream->reset() : at->second.stream->close();
                        if (to_sut_ == id) to_sut_ = 0;
                        later_.post([this, id] { connections_.erase(id); });  // not inside what it has just brought
                      }};
  return recorder_.sends({.channel = trace::Channel::sip,
                          .direction = trace::Direction::sent,
                          .actor = actor_,
                          .party = party_,
                          .transport = path.transport,
                          .local = path.local.text(),
                          .remote = path.remote.text(),
                          .octets = octets,
                          .about = about,
                          .repeats = repeats},
                         segments, wire);
}

std::uint64_t SipEndpoint::connect_to_sut() {
  Network& network = transport_ == Transport::tls ? secured_ : network_;
  auto const id = adopt(network.connect(ixit_.bind, ixit_.sut_sip_over(transport_)), transport_);
  connections_.at(id).is_ours = true;
  return id;
}

trace::EventId SipEndpoint::send_request(Octets const& octets, trace::EventId repeats, Segments segments) {
  SipSource path{.transport = transport_, .local = session_contact(), .remote = ixit_.sut_sip_over(transport_)};
  if (path.transport != Transport::udp) {
    if (to_sut_ == 0) to_sut_ = connect_to_sut();
    path.stream = to_sut_;
    if (auto const own = connections_.at(to_sut_).stream->local(); own.port != 0) path.local = own;
  }
  return send(octets, path, 0, repeats, segments);
}

void SipEndpoint::send_again(trace::Event const& event) {
  auto const local = Address::parse(event.local), remote = Address::parse(event.remote);
  if (!local || !remote) return;
  SipSource path{.transport = event.transport, .local = *local, .remote = *remote};
  if (path.transport != Transport::udp) {
    auto const same = std::ranges::find_if(
        connections_, [&](auto const& one) { return one.second.stream->local() == *local && one.second.stream->remote() == *remote; });
    // What went out while its connection was still being made names the Contact in its place: it went to the SUT.
    path.stream = same != connections_.end() ? same->first : event.meaning.status == 0 ? to_sut_ : 0;
    if (path.stream == 0) return;
  }
  send(event.octets, path, event.about, event.id);
}

trace::EventId SipEndpoint::send_response(Octets const& octets, SipSource const& to, trace::EventId about, trace::EventId repeats) {
  return send(octets, to, about, repeats);
}

}  // namespace tollgate
