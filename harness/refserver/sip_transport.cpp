#include "refserver/sip_transport.hpp"

#include <fmt/format.h>

#include "codec/sip/judge.hpp"

namespace tollgate::refserver {

std::string_view in_via(Transport transport) {
  switch (transport) {
    case Transport::udp: return "UDP";
    case Transport::tcp: return "TCP";
    case Transport::tls: return "TLS";
  }
  return "";
}

std::string_view in_uri(Transport transport) {
  switch (transport) {
    case Transport::udp: return "";
    case Transport::tcp: return ";transport=tcp";
    case Transport::tls: return ";transport=tls";
  }
  return "";
}

static Transport transport_of(sip::Uri const& uri) {
  auto const named = uri.parameters.find("transport").value_or("");
  if (iequals(uri.scheme, "sips") || iequals(named, "tls")) return Transport::tls;
  return iequals(named, "tcp") ? Transport::tcp : Transport::udp;
}

Hop hop_to(sip::Uri const& uri) {
  constexpr std::uint16_t sip_port = 5060, sips_port = 5061;
  auto const transport = transport_of(uri);
  return {transport, Address::of_uri(uri.host, uri.port.value_or(transport == Transport::tls ? sips_port : sip_port))};
}

SipTransport::SipTransport(Clock& clock, Network& network, Config const& config, Handlers handlers)
    : network_(network), config_(config), handlers_(std::move(handlers)), sockets_(open_both(network, config.sip)),
      secured_(clock, network, config.identity), later_(clock) {
  sockets_.udp->on_octets = [this](Octets const& octets, Address const& from) { take(octets, {Transport::udp, from}); };
  sockets_.tcp->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream), Transport::tcp); };
  if (!config.sip_tls) return;
  tls_ = secured_.listen(*config.sip_tls);
  tls_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream), Transport::tls); };
}

Address SipTransport::local(Transport transport) const {
  return transport == Transport::tls && tls_ ? tls_->local() : sockets_.local();
}

std::uint64_t SipTransport::adopt(std::unique_ptr<Stream> stream, Transport transport) {
  auto const id = ++next_connection_;
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view) { forget(id); };
  auto const remote = stream->remote();
  newest_to_[{transport, remote}] = id;
  connections_.emplace(id, Connection{remote, transport, std::move(stream), StreamBuffer([](auto octets) { return sip::frame(octets); })});
  return id;
}

/// RFC 5626 4.4.1: who is connected to answers a ping at once.
std::optional<StreamBuffer::Cut> SipTransport::Connection::next() {
  while (!is_ours && buffer.skip(sip::keep_alive_ping)) stream->send(sip::keep_alive_pong);
  return buffer.next();
}

void SipTransport::read(std::uint64_t id, std::string_view octets) {
  auto const found = connections_.find(id);
  if (found == connections_.end()) return;
  Connection& connection = found->second;
  if (config_.has(Fault::M173_reads_by_segment)) connection.buffer = StreamBuffer([](auto cut) { return sip::frame(cut); });
  connection.buffer.append(octets);
  Hop const from{connection.transport, connection.remote, id};
  while (auto cut = connection.next()) {
    if (cut->error && config_.has(Fault::M200_waits_for_length)) return;
    if (cut->error) {  // RFC 3261 18.3: without a length that can be trusted the rest is lost
      connection.stream->close();
      return forget(id);
    }
    take(cut->octets, from);
  }
}

/// With the version of ours in its start line; nothing where that is not all that is wrong with it.
static std::optional<sip::Message> of_other_version(std::string_view octets) {
  constexpr std::uint32_t version_not_supported = 505;
  auto const end = octets.find("\r\n");
  if (sip::judge(octets, sip::Framing::datagram).answer != version_not_supported || end == std::string_view::npos) return std::nullopt;
  auto const version = octets.rfind(' ', end);
  auto message = sip::Message::parse(fmt::format("{} SIP/2.0{}", octets.substr(0, version), octets.substr(end)));
  return message && message->is_request() ? std::optional(std::move(*message)) : std::nullopt;
}

/// Of M207: a response whose status code has more digits than three, as a 200.
static std::optional<sip::Message> with_success(std::string_view octets) {
  constexpr std::string_view version = "SIP/2.0 ";
  if (!octets.starts_with(version)) return std::nullopt;
  auto const end = octets.find_first_not_of("0123456789", version.size());
  if (end == std::string_view::npos || end <= version.size() + 3) return std::nullopt;
  auto message = sip::Message::parse(fmt::format("{}200{}", version, octets.substr(end)));
  return message ? std::optional(std::move(*message)) : std::nullopt;
}

void SipTransport::take(std::string_view octets, Hop const& from) {
  constexpr std::size_t large = 32'768;
  if (config_.has(Fault::M199_drops_large_registers) && octets.size() > large && octets.starts_with("REGISTER ")) return;
  config_.defects.sip_octets(octets);
  if (auto message = sip::Message::parse(octets)) return handlers_.on_message(std::move(*message), from);
  if (auto message = config_.has(Fault::M207_overflow_is_success) ? with_success(octets) : std::nullopt)
    return handlers_.on_message(std::move(*message), from);
  if (auto message = of_other_version(octets)) handlers_.on_other_version(std::move(*message), from);
}

/// Not inside the stream's own call.
void SipTransport::forget(std::uint64_t id) {
  later_.post([this, id] {
    auto const found = connections_.find(id);
    if (found == connections_.end()) return;
    auto const newest = newest_to_.find({found->second.transport, found->second.remote});
    if (newest != newest_to_.end() && newest->second == id) newest_to_.erase(newest);
    connections_.erase(found);
  });
}

std::uint64_t SipTransport::connection_to(Hop const& to) {
  if (connections_.contains(to.connection)) return to.connection;
  if (auto const found = newest_to_.find({to.transport, to.address}); found != newest_to_.end()) return found->second;
  Network& network = to.transport == Transport::tls ? secured_ : network_;
  auto const id = adopt(network.connect(local().host, to.address), to.transport);
  connections_.at(id).is_ours = true;
  return id;
}

void SipTransport::send(std::string_view message, Hop const& to) {
  auto const octets = in_form(message, config_.sip_form);
  if (to.transport == Transport::udp)
    sockets_.udp->send(octets, to.address);
  else if (to.transport == Transport::tcp || config_.identity)
    connections_.at(connection_to(to)).stream->send(octets);
}

}  // namespace tollgate::refserver
