#include "refserver/sip_transport.hpp"

namespace tollgate::refserver {

Hop hop_to(sip::Uri const& uri) {
  constexpr std::uint16_t default_port = 5060;
  bool const tcp = iequals(uri.parameters.find("transport").value_or(""), "tcp");
  return {tcp ? Transport::tcp : Transport::udp, Address::of_uri(uri.host, uri.port.value_or(default_port))};
}

SipTransport::SipTransport(Clock& clock, Network& network, Config const& config, OnMessage on_message)
    : network_(network), config_(config), on_message_(std::move(on_message)), sockets_(open_both(network, config.sip)), later_(clock) {
  sockets_.udp->on_octets = [this](Octets const& octets, Address const& from) {
    config_.defects.sip_octets(octets);
    if (auto message = sip::Message::parse(octets)) on_message_(std::move(*message), {Transport::udp, from});
  };
  sockets_.tcp->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
}

std::uint64_t SipTransport::adopt(std::unique_ptr<Stream> stream) {
  auto const id = ++next_connection_;
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view) { forget(id); };
  connections_.emplace(id, Connection{std::move(stream), StreamBuffer([](auto octets) { return sip::frame(octets); })});
  return id;
}

void SipTransport::read(std::uint64_t id, std::string_view octets) {
  auto const found = connections_.find(id);
  if (found == connections_.end()) return;
  Connection& connection = found->second;
  if (config_.has(Fault::M173_reads_by_segment)) connection.buffer = StreamBuffer([](auto cut) { return sip::frame(cut); });
  connection.buffer.append(octets);
  Hop const from{Transport::tcp, connection.stream->remote(), id};
  while (auto cut = connection.buffer.next()) {
    if (cut->error) {  // RFC 3261 18.3: without a length that can be trusted the rest is lost
      connection.stream->close();
      return forget(id);
    }
    config_.defects.sip_octets(cut->octets);
    if (auto message = sip::Message::parse(cut->octets)) on_message_(std::move(*message), from);
  }
}

/// Not inside the stream's own call.
void SipTransport::forget(std::uint64_t id) {
  later_.post([this, id] { connections_.erase(id); });
}

std::uint64_t SipTransport::connection_to(Hop const& to) {
  if (connections_.contains(to.connection)) return to.connection;
  for (auto const& [id, connection] : connections_)
    if (connection.stream->remote() == to.address) return id;
  return adopt(network_.connect(local().host, to.address));
}

void SipTransport::send(std::string_view message, Hop const& to) {
  auto const octets = in_form(message, config_.sip_form);
  if (to.transport == Transport::udp)
    sockets_.udp->send(octets, to.address);
  else
    connections_.at(connection_to(to)).stream->send(octets);
}

}  // namespace tollgate::refserver
