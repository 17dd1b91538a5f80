#include "trace/capture/observer.hpp"

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "codec/msrp/message.hpp"
#include "codec/msrp/views.hpp"
#include "codec/sdp/description.hpp"
#include "codec/sdp/msrp_media.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/name_addr.hpp"

namespace tollgate::trace {
namespace {

/// The addresses that each side has shown. A port may be one side's now and the other's a moment later, and at once in UDP and in
/// TCP: what was shown last is believed.
class Sides {
 public:
  /// `nullopt` where neither end is known.
  [[nodiscard]] std::optional<Direction> direction(Transport transport, SocketAddress const& from, SocketAddress const& to) const {
    auto const sender = shown_.find({transport, from}), receiver = shown_.find({transport, to});
    if (sender == shown_.end() && receiver == shown_.end()) return std::nullopt;
    bool const by_sender = receiver == shown_.end() || (sender != shown_.end() && sender->second.at > receiver->second.at);
    bool const is_ours = by_sender ? sender->second.is_ours : !receiver->second.is_ours;
    return is_ours ? Direction::sent : Direction::received;
  }
  [[nodiscard]] bool has_shown(Transport transport, SocketAddress const& address) const { return shown_.contains({transport, address}); }
  /// Both ends of a message.
  void learn(Direction direction, Transport transport, SocketAddress const& from, SocketAddress const& to) {
    bool const is_sent = direction == Direction::sent;
    shown_[{transport, from}] = {is_sent, ++times_};
    shown_[{transport, to}] = {!is_sent, ++times_};
  }
  /// An address that the sender of a message names as its own.
  void learn_own(Direction direction, Transport transport, SocketAddress const& address) {
    shown_[{transport, address}] = {direction == Direction::sent, ++times_};
  }

 private:
  struct Shown {
    bool is_ours = false;
    std::uint64_t at = 0;  ///< ordinal
  };
  std::map<std::pair<Transport, SocketAddress>, Shown> shown_;
  std::uint64_t times_ = 0;
};

/// What only one side does (OMA IM 6.3.2.8): the SUT invites, asks for credit and sends the messages.
std::optional<Direction> direction_told_by(Event const& event) {
  auto const& name = event.meaning.name;
  auto const request = event.meaning.is_request();
  auto const by = [&](bool sut) { return sut == request ? Direction::received : Direction::sent; };
  if (name.empty()) return std::nullopt;
  if (event.channel == Channel::ch2 && name != "DWR" && name != "DPR" && name != "RAR" && name != "ASR") return by(true);
  if (name == "INVITE" || name == "CANCEL") return by(true);
  if (name == "REGISTER" || name == "MESSAGE") return by(false);
  if (name == "SEND" && request && event.meaning.has_body) return Direction::received;
  return std::nullopt;
}

std::optional<SocketAddress> address_of(std::string_view host, std::uint16_t port) {
  return SocketAddress::parse(std::string(host) + ":" + std::to_string(port));
}

/// The address-of-record in that field; "" where it cannot be read.
std::string user_in(sip::Message const& message, sip::Name field) {
  auto const value = message.value(field);
  auto const address = value ? sip::parse_name_addr(*value) : Parsed<sip::NameAddr>(invalid(0, "name-addr", "RFC 3261 20"));
  return address ? address->parts.address_of_record() : "";
}

class Observer {
 public:
  void take(Observed const& seen) {
    Event event{.at_ns = seen.at_ns - first_at(seen.at_ns),
                .kind = seen.kind,
                .channel = seen.channel,
                .transport = seen.transport,
                .octets = seen.octets};
    if (seen.kind == Kind::message) event.meaning = read_meaning(seen.channel, seen.octets);
    if (seen.kind == Kind::closed) event.note = "ended";
    auto const known = sides_.direction(seen.transport, seen.from, seen.to);
    auto const direction = known ? known : direction_told_by(event);
    if (!direction) return;  // nothing says who is who
    if (seen.kind == Kind::message) sides_.learn(*direction, seen.transport, seen.from, seen.to);
    event.direction = *direction;
    bool const sent = *direction == Direction::sent;
    event.local = (sent ? seen.from : seen.to).text();
    event.remote = (sent ? seen.to : seen.from).text();
    if (seen.kind == Kind::message)
      relate(event);
    else
      event.party = connections_[event.local + event.remote];
    if (seen.kind == Kind::closed && event.party.empty() && event.channel != Channel::ch2) return;
    event.actor = event.channel == Channel::ch2 ? "ocs" : name_of(event.party);
    trace_.record(std::move(event));
  }
  Trace finish() { return std::move(trace_); }

 private:
  std::int64_t first_at(std::int64_t at_ns) {
    if (!first_at_) first_at_ = at_ns;
    return *first_at_;
  }

  void relate(Event& event) {
    switch (event.channel) {
      case Channel::sip: return relate_sip(event);
      case Channel::msrp: return relate_msrp(event);
      case Channel::ch2: return relate_ch2(event);
    }
  }

  void relate_sip(Event& event) {
    auto const message = sip::Message::parse(event.octets);
    if (!message) return;
    // Each user registers with one Call-ID, each dialog has another (RFC 3261 10.2, 12).
    auto& party = calls_[event.meaning.call_id];
    if (party.empty()) {
      bool const is_ours = event.meaning.name == "REGISTER" || event.meaning.is_request() == (event.direction == Direction::received);
      party = user_in(*message, is_ours ? sip::Name::to : sip::Name::from);
    }
    event.party = party;
    learn_addresses(event, *message);
    if (event.transport == Transport::udp) event.repeats = first_of(event);
    auto const key = std::tuple(event.meaning.branch, event.meaning.cseq, event.meaning.name,
                                event.meaning.is_request() ? event.direction : other(event.direction));
    if (event.meaning.is_request()) {
      sip_requests_.try_emplace(key, next_id());
    } else if (auto const request = sip_requests_.find(key); request != sip_requests_.end()) {
      event.about = request->second;
    }
  }

  /// Where its sender is called, and its end of the MSRP session.
  void learn_addresses(Event const& event, sip::Message const& message) {
    // A registrar's 200 names bindings that are others' (RFC 3261 10.3).
    bool const names_itself = event.meaning.name != "REGISTER" || event.meaning.is_request();
    if (auto const contact = message.value(sip::Name::contact); contact && names_itself) learn_contact(event, *contact);
    if (message.body().empty()) return;
    auto const description = sdp::Description::parse(message.body());
    auto const media = description ? sdp::msrp_media(*description) : Parsed<sdp::MsrpMedia>(invalid(0, "m", "RFC 4975 8"));
    if (!media) return;
    for (auto const& path : media->path) {
      auto const uri = msrp::parse_uri(path);
      if (!uri) continue;
      if (auto const address = uri->port ? address_of(uri->host, *uri->port) : std::nullopt)
        sides_.learn_own(event.direction, Transport::tcp, *address);
      paths_[path] = event.party;
    }
  }
  void learn_contact(Event const& event, std::string_view contact) {
    auto const address = sip::parse_name_addr(contact);
    if (!address || !address->parts.port) return;
    if (auto const socket = address_of(address->parts.host, *address->parts.port))
      if (!sides_.has_shown(event.transport, *socket)) sides_.learn_own(event.direction, event.transport, *socket);
  }

  void relate_msrp(Event& event) {
    auto const message = msrp::Message::parse(event.octets);
    if (!message) return;
    auto& party = connections_[event.local + event.remote];
    for (auto const* field : {"To-Path", "From-Path"}) {
      auto const path = message->value(field);
      auto const of = path ? paths_.find(std::string(*path)) : paths_.end();
      if (of != paths_.end()) party = of->second;
    }
    event.party = party;
    auto const key = std::tuple(event.local + event.remote, event.meaning.transaction_id,
                                message->is_request() ? event.direction : other(event.direction));
    if (message->is_request()) {
      msrp_requests_[key] = next_id();
    } else if (auto const request = msrp_requests_.find(key); request != msrp_requests_.end()) {
      event.about = request->second;
    }
  }

  /// An answer is known by its Hop-by-Hop Identifier, a Response over HTTP by its place (RFC 9112 9.3.2).
  void relate_ch2(Event& event) {
    bool const is_http = event.octets.empty() || event.octets.front() != 1;
    bool const is_request = event.meaning.is_request();
    auto& asked = ch2_requests_[{event.local + event.remote, is_request ? event.direction : other(event.direction)}];
    if (is_request) {
      if (!event.meaning.subscriber.empty()) subscribers_[event.meaning.session_id] = event.meaning.subscriber;
      asked.emplace(is_http ? next_id() : event.meaning.hop_by_hop, next_id());
    } else if (auto const request = is_http ? asked.begin() : asked.find(event.meaning.hop_by_hop); request != asked.end()) {
      event.about = request->second;
      asked.erase(request);
    }
    if (event.about != 0) event.party = trace_.at(event.about).party;
    if (auto const user = subscribers_.find(event.meaning.session_id); event.party.empty() && user != subscribers_.end())
      event.party = user->second;
  }

  /// The first copy of a datagram that has come before, or gone out.
  EventId first_of(Event const& event) {
    auto const [first, is_new] = datagrams_.try_emplace(event.local + event.remote + event.octets, next_id());
    return is_new ? 0 : first->second;
  }
  [[nodiscard]] EventId next_id() const { return trace_.events().size() + 1; }
  static Direction other(Direction direction) { return direction == Direction::sent ? Direction::received : Direction::sent; }
  /// The user part of an address-of-record.
  static std::string name_of(std::string const& party) {
    auto const colon = party.find(':');
    auto const from = colon == std::string::npos ? 0 : colon + 1;
    return party.substr(from, party.find('@') - from);
  }

  Trace trace_;
  Sides sides_;
  std::optional<std::int64_t> first_at_;
  std::map<std::string, std::string> calls_, paths_, connections_,
      subscribers_;  ///< of that Call-ID, MSRP URI, pair of addresses, Session-Id
  std::map<std::tuple<std::string, std::uint32_t, std::string, Direction>, EventId> sip_requests_;
  std::map<std::tuple<std::string, std::string, Direction>, EventId> msrp_requests_;
  std::map<std::pair<std::string, Direction>, std::map<EventId, EventId>> ch2_requests_;
  std::map<std::string, EventId> datagrams_;
};

}  // namespace

Trace observed(std::vector<Observed> const& messages) {
  Observer observer;
  for (auto const& message : messages) observer.take(message);
  return observer.finish();
}

}  // namespace tollgate::trace
