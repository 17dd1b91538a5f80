#include "actors/charging_enabler/diameter_enabler.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "codec/stream_buffer.hpp"

namespace tollgate {

static constexpr Duration capabilities_within = 10s, message_within = 10s;
static constexpr std::string_view unreadable_messages = "messages that nobody can read";

/// One connection from the SUT (RFC 6733 5.6, the responder's side).
struct DiameterEnabler::Peer {
  std::uint64_t id = 0;
  std::unique_ptr<SegmentedStream> stream;
  StreamBuffer buffer{[](auto octets) { return diameter::frame(octets); }};
  bool open = false;             ///< CER answered with success
  bool was_open = false;         ///< before a DPR
  bool spoke = false;            ///< its first message has come
  bool charges = false;          ///< a CCR for a case has come on it
  bool ended = false;            ///< and only waits to be forgotten
  bool watchdog_owed = false;    ///< a DWR of ours is unanswered (RFC 3539 3.4.1: one at a time)
  bool is_whole = true;          ///< what we have written: messages from the first octet to the last
  TimerId watchdog;
  TimerId rest;                  ///< of a message that has begun
};

DiameterEnabler::DiameterEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen, Recorder& peer_recorder)
    : ChargingEnabler(clock, network, ixit, listen, peer_recorder),
      self_{.origin_host = ixit.origin_host, .origin_realm = ixit.origin_realm, .host_ip_address = listen.host}, later_(clock) {
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { accept(std::move(stream)); };
}

DiameterEnabler::~DiameterEnabler() {
  for (auto& [id, peer] : peers_) {
    clock_.cancel(peer->watchdog);
    clock_.cancel(peer->rest);
  }
}

void DiameterEnabler::detach(CreditControl& credit_control) {
  ChargingEnabler::detach(credit_control);
  std::erase_if(asked_, [&](auto const& one) { return one.second.by == &credit_control; });
}

bool DiameterEnabler::has_peer() const {
  return std::ranges::any_of(peers_, [](auto const& entry) { return entry.second->open; });
}

void DiameterEnabler::accept(std::unique_ptr<Stream> stream) {
  if (peers_.size() >= connections_max && !makes_room()) {
    auto ended = event_on(*stream, trace::Direction::sent, trace::Kind::closed);
    ended.note = fmt::format("reset: {} connections have exchanged capabilities already", connections_max);
    peer_recorder_.record_few(std::move(ended), "connections that found no room");
    return stream->reset();
  }
  auto const id = ++next_peer_;
  auto peer = std::make_unique<Peer>();
  peer->id = id;
  peer->stream = std::make_unique<SegmentedStream>(clock_, std::move(stream));
  peer->stream->on_octets = [this, id](std::string_view octets) { read(*peers_.at(id), octets); };
  peer->stream->on_closed = [this, id](std::string_view reason) {
    if (Peer const& peer = *peers_.at(id); reason == closed_by_peer && !peer.ended && !peer.buffer.is_empty())
      note_unreadable(peer, peer.buffer.rest(), "the connection ended before the message was complete (RFC 6733 3)");
    auto ended = event_on(*peers_.at(id)->stream, trace::Direction::received, trace::Kind::closed);
    ended.note = reason;
    tell_end_of(*peers_.at(id), ended);
    if (peers_.at(id)->open && on_let_go) on_let_go();
    forget(id);
  };
  // A peer that says nothing: the time that RFC 6733 2.1 gives a connection attempt.
  peer->watchdog = clock_.after(capabilities_within, [this, id] {
    if (auto const silent = peers_.find(id); silent != peers_.end()) refuse(*silent->second, "no CER came within 10 s");
  });
  peers_.emplace(id, std::move(peer));
}

/// Ends the oldest connection that has exchanged no capabilities; false where all have.
bool DiameterEnabler::makes_room() {
  auto const idle = std::ranges::find_if(peers_, [](auto const& entry) { return !entry.second->ended && !entry.second->was_open; });
  if (idle == peers_.end()) return false;
  idle->second->stream->reset();
  refuse(*idle->second, "reset: no CER came, and another connection did");
  return true;
}

void DiameterEnabler::refuse(Peer& peer, std::string why) {
  auto ended = event_on(*peer.stream, trace::Direction::sent, trace::Kind::closed);
  ended.note = std::move(why);
  tell_end_of(peer, ended);
  peer.stream->close();
  forget(peer.id);
}

/// Concerns every case where it is a connection of the SUT: one that charges its users, or the only one there is. Whoever else comes, who
/// has sent no CER or beside whom the SUT charges on another connection, took nothing of a case along.
void DiameterEnabler::tell_end_of(Peer const& peer, trace::Event const& ended) {
  bool const is_only_one = std::ranges::none_of(peers_, [&](auto const& one) { return one.first != peer.id && one.second->open; });
  if (peer.charges || (peer.was_open && is_only_one)) return tell_end(ended, cases());
  peer_recorder_.record_few(ended, "ends of connections that charged nobody of a case");
  if (auto* const to = owner()) to->connection_ended(ended, true);
}

void DiameterEnabler::closes(bool reset) {
  for (auto& [id, peer] : peers_) {
    if (peer->ended) continue;
    if (reset) peer->stream->reset();
    refuse(*peer, reset ? "reset by us" : "closed by us");
  }
}

void DiameterEnabler::forget(std::uint64_t peer_id) {
  auto const peer = peers_.find(peer_id);
  if (peer == peers_.end()) return;
  bool const had_peer = has_peer() || peer->second->was_open;
  peer->second->open = false;
  peer->second->ended = true;
  clock_.cancel(peer->second->watchdog);
  clock_.cancel(peer->second->rest);
  bool const last = had_peer && !has_peer();
  later_.post([this, peer_id, last] {  // not inside the stream's own call
    peers_.erase(peer_id);
    if (last && on_last_peer_gone) on_last_peer_gone();
  });
}

void DiameterEnabler::read(Peer& peer, std::string_view octets) {
  if (peer.open) await_traffic(peer);
  peer.buffer.append(octets);
  while (auto const cut = peer.buffer.next()) {
    clock_.cancel(std::exchange(peer.rest, {}));
    if (!cut->error) {
      handle(peer, cut->octets);
      if (peer.ended) return;
      if (peer.stream->unsent() <= unsent_max) continue;
      peer.stream->reset();
      return refuse(peer, std::string(reads_no_answers));
    }
    return cannot_read(peer, cut->octets, describe(*cut->error));
  }
  await_rest(peer);
}

void DiameterEnabler::note_unreadable(Peer const& peer, std::string_view octets, std::string why) {
  auto unreadable = event_on(*peer.stream, trace::Direction::received);
  unreadable.octets = octets;
  unreadable.note = std::move(why);
  peer_recorder_.record_few(std::move(unreadable), unreadable_messages);
}

/// Where the next message would begin nobody can say.
void DiameterEnabler::cannot_read(Peer& peer, std::string_view octets, std::string why) {
  note_unreadable(peer, octets, std::move(why));
  peer.stream->close();
  forget(peer.id);
}

/// Whoever is slow holds up nobody, and not for ever: from the first octet of a message, whatever follows.
void DiameterEnabler::await_rest(Peer& peer) {
  if (peer.buffer.is_empty()) return clock_.cancel(std::exchange(peer.rest, {}));
  constexpr std::size_t first_message_max = 1 << 16;
  if (!peer.was_open && peer.buffer.rest().size() > first_message_max)
    return cannot_read(peer, peer.buffer.rest(), "more than 64 KiB where a CER stands");
  if (peer.rest != TimerId()) return;
  peer.rest = clock_.after(message_within, [this, id = peer.id] {
    auto const found = peers_.find(id);
    if (found == peers_.end() || found->second->ended) return;
    cannot_read(*found->second, Octets(found->second->buffer.rest()), "the message was not complete after 10 s");
  });
}

void DiameterEnabler::handle(Peer& peer, std::string_view octets) {
  auto event = event_on(*peer.stream, trace::Direction::received);
  event.octets = octets;
  auto message = diameter::Message::parse(octets);
  if (!message) {
    event.note = describe(message.error());
    peer_recorder_.record_few(std::move(event), unreadable_messages);
    return;
  }
  if (message->header.is_request()) return handle_request(peer, std::move(*message), std::move(event));
  peer.watchdog_owed &= message->header.command != diameter::command_watchdog;
  auto const asked = asked_.extract(message->header.hop_by_hop);
  if (asked.empty()) return void(peer_recorder_.record_few(std::move(event), "answers to nothing that was asked"));
  event.about = asked.mapped().event;
  asked.mapped().by->takes_answer(std::move(*message), std::move(event));
}

void DiameterEnabler::handle_request(Peer& peer, diameter::Message request, trace::Event event) {
  auto const command = request.header.command;
  if (!std::exchange(peer.spoke, true) && command != diameter::command_capabilities) {  // RFC 6733 5.6: R-Conn-CER is first
    event.note = "the first message of a connection is no CER";
    peer_recorder_.record_few(std::move(event), "messages where a CER stands");
    return refuse(peer, "the peer did not begin with a CER");
  }
  if (command == diameter::command_credit_control) return credit_control(peer, std::move(request), std::move(event));
  if (command == diameter::command_capabilities) await_traffic(peer);
  peer_request(peer, std::move(request), std::move(event));
}

static bool is_known(std::uint32_t command) {
  return command == diameter::command_capabilities || command == diameter::command_watchdog || command == diameter::command_disconnect;
}

diameter::Message DiameterEnabler::answer_to(diameter::Message const& request, std::uint32_t result) const {
  if (request.header.command == diameter::command_capabilities) return diameter::capabilities_answer(request, self_, result);
  return diameter::short_answer(request, self_, result);
}

/// CER, DWR and DPR are answered at once, unless a case has the connection for itself and answers them.
void DiameterEnabler::peer_request(Peer& peer, diameter::Message request, trace::Event event) {
  constexpr std::uint32_t success = 2001, command_unsupported = 3001;
  if (auto* const to = owner(); to != nullptr && is_known(request.header.command)) {
    auto make = [this, request](std::uint32_t result) { return answer_to(request, result); };
    return to->takes_from_peer(std::move(request), std::move(event), std::move(make), on_connection(peer));
  }
  constexpr std::size_t known_most = 10'000;  // a day of watchdogs
  bool const known = is_known(request.header.command);
  auto const about = known ? peer_recorder_.record_few(std::move(event), "CERs, DWRs and DPRs", known_most)
                           : peer_recorder_.record_few(std::move(event), "requests that nobody knows");
  send(peer, known ? answer_to(request, success) : diameter::short_answer(request, self_, command_unsupported, true), about);
}

/// Also sees what an answer of ours makes of the connection.
AnswerPath DiameterEnabler::on_connection(Peer const& peer) {
  auto const send = [this, id = peer.id](Octets const& octets, Segments segments) {
    auto const found = peers_.find(id);
    if (found == peers_.end() || found->second->ended) return false;
    write(*found->second, octets, segments);
    return true;
  };
  return {.write = [](diameter::Message const& message) { return message.write(); }, .send = send};
}

/// The SUT, too, takes them for that from the first octet to the last.
static bool are_whole_messages(std::string_view octets) {
  StreamBuffer buffer([](auto stream) { return diameter::frame(stream); });
  buffer.append(octets);
  while (auto const cut = buffer.next())
    if (cut->error) return false;
  return buffer.is_empty();
}

void DiameterEnabler::write(Peer& peer, Octets const& octets, Segments segments) {
  constexpr std::uint32_t success = 2001;
  peer.is_whole &= are_whole_messages(octets);
  auto const message = diameter::Message::parse(octets);
  if (message && !message->header.is_request()) {
    if (message->header.command == diameter::command_disconnect) peer.open = false;
    if (message->header.command == diameter::command_capabilities && diameter::result_code(*message) == success)
      peer.open = peer.was_open = true;
  }
  peer.stream->send(octets, segments);
}

void DiameterEnabler::credit_control(Peer& peer, diameter::Message ccr, trace::Event event) {
  constexpr std::uint32_t missing_avp = 5005;
  auto request = ch2::read_request(ccr);
  if (request) {
    auto const id = peer.id;
    bool const is_of_a_case = route(std::move(ccr), std::move(*request), std::move(event), on_connection(peer)) != nullptr;
    if (auto const still = peers_.find(id); still != peers_.end()) still->second->charges |= is_of_a_case;
    return;
  }
  event.note = describe(request.error());
  auto const about = peer_recorder_.record_few(std::move(event), "credit-control requests that lack something");
  send(peer, diameter::short_answer(ccr, self_, missing_avp), about);
}

void DiameterEnabler::send(Peer& peer, diameter::Message const& message, trace::EventId about) {
  bool const is_changed = change_capabilities_ && !message.header.is_request() && message.header.command == diameter::command_capabilities;
  Octets const octets = is_changed ? std::exchange(change_capabilities_, nullptr)(message.write()) : message.write();
  bool const is_kept = message.header.is_request() || about != 0;  // an answer as what it answers
  if (is_kept) {
    auto event = event_on(*peer.stream, trace::Direction::sent);
    event.octets = octets;
    event.about = about;
    peer_recorder_.record(std::move(event));
  }
  write(peer, octets, {});
  if (!is_changed) return;
  peer.open = peer.was_open = true;
  peer.is_whole = false;
}

trace::EventId DiameterEnabler::sends(CreditControl& by, diameter::Message request, std::string party, Amendment const& amendment) {
  auto const open = std::ranges::find_if(peers_, [](auto const& entry) { return entry.second->open; });
  if (open == peers_.end()) return 0;
  request.header.hop_by_hop = request.header.end_to_end = next_identifier_++;
  amendment.change(request);
  Octets const octets = amendment.finish(request.write());
  Peer& peer = *open->second;
  auto event = event_on(*peer.stream, trace::Direction::sent);
  event.actor = by.name();
  event.party = std::move(party);
  event.octets = octets;
  auto const sent = by.sent(std::move(event));
  asked_[request.header.hop_by_hop] = {&by, sent};
  write(peer, octets, amendment.segments);
  return sent;
}

void DiameterEnabler::await_traffic(Peer& peer) {
  clock_.cancel(peer.watchdog);
  peer.watchdog = clock_.after(ixit_.diameter_watchdog, [this, id = peer.id] { idle(id); });
}

/// RFC 3539 3.4.1: one DWR outstanding.
void DiameterEnabler::idle(std::uint64_t peer_id) {
  auto const found = peers_.find(peer_id);
  if (found == peers_.end() || !found->second->open) return;
  Peer& peer = *found->second;
  auto const* const its = owner();
  if (its == nullptr || !its->has_scripted("DWR")) ask_watchdog(peer);
  await_traffic(peer);
}

void DiameterEnabler::ask_watchdog(Peer& peer) {
  if (std::exchange(peer.watchdog_owed, true)) return;
  auto request = diameter::watchdog_request(self_);
  request.header.hop_by_hop = request.header.end_to_end = next_identifier_++;
  send(peer, request, 0);
}

void DiameterEnabler::asks_watchdog() {
  for (auto& [id, peer] : peers_)
    if (peer->open) ask_watchdog(*peer);
}

bool DiameterEnabler::owes_watchdog() const {
  return std::ranges::any_of(peers_, [](auto const& entry) {
    auto const& peer = *entry.second;
    return peer.open && peer.is_whole && peer.watchdog_owed;
  });
}

}  // namespace tollgate
