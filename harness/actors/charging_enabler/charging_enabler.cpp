#include "actors/charging_enabler/charging_enabler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <utility>

#include "codec/stream_buffer.hpp"

namespace tollgate {

static constexpr Duration capabilities_within = 10s;

/// One connection from the SUT (RFC 6733 5.6, the responder's side).
struct ChargingEnabler::Peer {
  std::uint64_t id = 0;
  std::unique_ptr<Stream> stream;
  StreamBuffer buffer{[](auto octets) { return diameter::frame(octets); }};
  bool open = false;             ///< CER answered with success
  bool was_open = false;         ///< before a DPR
  bool spoke = false;            ///< its first message has come
  bool watchdog_owed = false;    ///< a DWR of ours is unanswered (RFC 3539 3.4.1: one at a time)
  TimerId watchdog;
};

ChargingEnabler::ChargingEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen,
                                 Recorder& peer_recorder)
    : clock_(clock), ixit_(ixit), peer_recorder_(peer_recorder),
      self_{.origin_host = ixit.origin_host, .origin_realm = ixit.origin_realm, .host_ip_address = listen.host},
      anyone_(std::make_unique<CreditControl>(clock, peer_recorder, "ocs", ixit.origin_host, ixit.origin_realm)),
      listener_(network.listen(listen)), later_(clock) {
  anyone_->acts_alone();
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { accept(std::move(stream)); };
}

ChargingEnabler::~ChargingEnabler() {
  for (auto& [id, peer] : peers_) clock_.cancel(peer->watchdog);
}

void ChargingEnabler::attach(CreditControl& credit_control) {
  cases_.push_back(&credit_control);
  credit_control.tells_strays([this] { return strays(); });
}

void ChargingEnabler::detach(CreditControl& credit_control) {
  std::erase(cases_, &credit_control);
  former_.insert(former_.end(), credit_control.subscribers().begin(), credit_control.subscribers().end());
}

std::string ChargingEnabler::strays() const {
  if (strays_.empty()) return "";
  constexpr std::size_t named_most = 4;
  std::string all;
  for (auto const& stray : strays_ | std::views::take(named_most))
    all += fmt::format("{}#{} {}", all.empty() ? "" : ", ", stray.event, stray.what);
  if (strays_.size() > named_most) all += fmt::format(" and {} more", strays_.size() - named_most);
  return fmt::format("; the Charging Enabler got what belongs to no case (peers.jsonl): {}", all);
}

bool ChargingEnabler::has_peer() const {
  return std::ranges::any_of(peers_, [](auto const& entry) { return entry.second->open; });
}

void ChargingEnabler::accept(std::unique_ptr<Stream> stream) {
  auto const id = ++next_peer_;
  auto peer = std::make_unique<Peer>();
  peer->id = id;
  peer->stream = std::move(stream);
  peer->stream->on_octets = [this, id](std::string_view octets) { read(*peers_.at(id), octets); };
  peer->stream->on_closed = [this, id](std::string_view reason) {
    peer_recorder_.record({.kind = trace::Kind::closed, .channel = trace::Channel::ch2, .actor = "ocs",
                           .note = std::string(reason)});
    forget(id);
  };
  // A peer that says nothing: the time that RFC 6733 2.1 gives a connection attempt.
  peer->watchdog = clock_.after(capabilities_within, [this, id] {
    if (auto const silent = peers_.find(id); silent != peers_.end()) refuse(*silent->second, "no CER came within 10 s");
  });
  peers_.emplace(id, std::move(peer));
}

void ChargingEnabler::refuse(Peer& peer, std::string why) {
  peer_recorder_.record({.kind = trace::Kind::closed, .channel = trace::Channel::ch2, .direction = trace::Direction::sent,
                         .actor = "ocs", .local = peer.stream->local().text(), .remote = peer.stream->remote().text(),
                         .note = std::move(why)});
  peer.stream->close();
  forget(peer.id);
}

void ChargingEnabler::forget(std::uint64_t peer_id) {
  auto const peer = peers_.find(peer_id);
  if (peer == peers_.end()) return;
  bool const had_peer = has_peer() || peer->second->was_open;
  peer->second->open = false;
  clock_.cancel(peer->second->watchdog);
  bool const last = had_peer && !has_peer();
  later_.post([this, peer_id, last] {  // not inside the stream's own call
    peers_.erase(peer_id);
    if (last && on_last_peer_gone) on_last_peer_gone();
  });
}

void ChargingEnabler::read(Peer& peer, std::string_view octets) {
  if (peer.open) await_traffic(peer);
  peer.buffer.append(octets);
  while (auto const cut = peer.buffer.next()) {
    if (!cut->error) {
      handle(peer, cut->octets);
      continue;
    }
    peer_recorder_.record({.channel = trace::Channel::ch2, .actor = "ocs", .local = peer.stream->local().text(),
                           .remote = peer.stream->remote().text(), .octets = cut->octets, .note = describe(*cut->error)});
    peer.stream->close();
    return forget(peer.id);
  }
}

void ChargingEnabler::handle(Peer& peer, std::string_view octets) {
  trace::Event event{.channel = trace::Channel::ch2, .direction = trace::Direction::received, .actor = "ocs",
                     .local = peer.stream->local().text(), .remote = peer.stream->remote().text(), .octets = Octets(octets)};
  auto message = diameter::Message::parse(octets);
  if (!message) {
    event.note = describe(message.error());
    peer_recorder_.record(std::move(event));
    return;
  }
  if (message->header.is_request()) return handle_request(peer, std::move(*message), std::move(event));
  peer.watchdog_owed &= message->header.command != diameter::command_watchdog;
  peer_recorder_.record(std::move(event));
}

void ChargingEnabler::handle_request(Peer& peer, diameter::Message request, trace::Event event) {
  constexpr std::uint32_t success = 2001, command_unsupported = 3001;
  auto const command = request.header.command;
  if (!std::exchange(peer.spoke, true) && command != diameter::command_capabilities) {  // RFC 6733 5.6: R-Conn-CER is first
    event.note = "the first message of a connection is no CER";
    peer_recorder_.record(std::move(event));
    return refuse(peer, "the peer did not begin with a CER");
  }
  if (command == diameter::command_credit_control) return credit_control(peer, std::move(request), std::move(event));
  auto const about = peer_recorder_.record(std::move(event));
  if (command == diameter::command_capabilities) {
    peer.open = peer.was_open = true;
    await_traffic(peer);
    return send(peer, diameter::capabilities_answer(request, self_, success), about);
  }
  bool const known = command == diameter::command_watchdog || command == diameter::command_disconnect;
  send(peer, diameter::short_answer(request, self_, known ? success : command_unsupported, !known), about);
  if (command == diameter::command_disconnect) peer.open = false;
}

void ChargingEnabler::credit_control(Peer& peer, diameter::Message ccr, trace::Event event) {
  constexpr std::uint32_t missing_avp = 5005;
  auto request = ch2::read_request(ccr);
  if (!request) {
    event.note = describe(request.error());
    auto const about = peer_recorder_.record(std::move(event));
    return send(peer, diameter::short_answer(ccr, self_, missing_avp), about);
  }
  auto const owner = std::ranges::find_if(cases_, [&](auto const* c) { return c->owns(*request); });
  CreditControl& to = owner == cases_.end() ? *anyone_ : **owner;
  auto const is_late = [&] { return std::ranges::any_of(former_, [&](auto const& user) { return is_same_user(user, request->subscriber); }); };
  if (owner == cases_.end() && !is_late())
    strays_.push_back({peer_recorder_.trace().events().size() + 1,
                       fmt::format("{} of '{}'", ch2::to_string(request->operation), printable(request->subscriber, 60))});
  to.takes(std::move(ccr), std::move(*request), std::move(event), [this, id = peer.id](Octets const& octets) {
    auto const found = peers_.find(id);
    if (found == peers_.end() || !found->second->open) return false;
    found->second->stream->send(octets);
    return true;
  });
}

void ChargingEnabler::send(Peer& peer, diameter::Message const& message, trace::EventId about) {
  Octets const octets = message.write();
  peer_recorder_.record({.channel = trace::Channel::ch2, .direction = trace::Direction::sent, .actor = "ocs",
                         .local = peer.stream->local().text(), .remote = peer.stream->remote().text(), .octets = octets,
                         .about = about});
  peer.stream->send(octets);
}

void ChargingEnabler::await_traffic(Peer& peer) {
  clock_.cancel(peer.watchdog);
  peer.watchdog = clock_.after(ixit_.diameter_watchdog, [this, id = peer.id] { idle(id); });
}

/// RFC 3539 3.4.1: one DWR outstanding.
void ChargingEnabler::idle(std::uint64_t peer_id) {
  auto const found = peers_.find(peer_id);
  if (found == peers_.end() || !found->second->open) return;
  Peer& peer = *found->second;
  if (!peer.watchdog_owed) {
    auto request = diameter::watchdog_request(self_);
    request.header.hop_by_hop = request.header.end_to_end = next_identifier_++;
    peer.watchdog_owed = true;
    send(peer, request, 0);
  }
  await_traffic(peer);
}

void ChargingEnabler::disconnect_peers() {
  constexpr std::uint32_t rebooting = 0;
  for (auto& [id, peer] : peers_) {
    if (!peer->open) continue;
    auto request = diameter::disconnect_request(self_, rebooting);
    request.header.hop_by_hop = request.header.end_to_end = next_identifier_++;
    send(*peer, request, 0);
  }
}

}  // namespace tollgate
