#include "fuzz/disorder/charging_side.hpp"

#include <algorithm>
#include <ranges>

#include "codec/diameter/base_protocol.hpp"
#include "fuzz/support/target.hpp"

namespace tollgate::fuzz {

static constexpr Duration tx = 10s;  // RFC 8506 13
static diameter::Peer self() {
  return {.origin_host = "ocs.ims.example", .origin_realm = "ims.example"};
}

ChargingSide::ChargingSide(Journal& journal, Network& network, Address const& listen)
    : journal_(journal), listener_(network.listen(listen)) {
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { accept(std::move(stream)); };
}

bool ChargingSide::has_peer() const {
  return !connections_.empty() && connections_.back().open && !connections_.back().gone;
}

// What comes.

void ChargingSide::accept(std::unique_ptr<Stream> stream) {
  constexpr auto frame = [](std::string_view octets) { return diameter::frame(octets); };
  auto const id = connections_.size();
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view) {
    connections_[id].gone = true;
    ++disruptions_;
  };
  connections_.push_back({std::move(stream), StreamBuffer(frame), StreamBuffer(frame)});
}

void ChargingSide::read(std::size_t connection, std::string_view octets) {
  connections_[connection].in.append(octets);
  while (auto cut = connections_[connection].in.next()) {
    require(!cut->error, "the server sends what is no Diameter message");
    take(connection, std::move(cut->octets));
  }
}

void ChargingSide::take(std::size_t connection, Octets octets) {
  auto message = diameter::Message::parse(octets);
  require(message.has_value(), "the server sends a Diameter message that cannot be read");
  if (!message->header.is_request()) return;
  if (message->header.command == diameter::command_credit_control) return take_ccr(connection, std::move(*message), std::move(octets));
  bool const is_cer = message->header.command == diameter::command_capabilities;
  connections_[connection].open |= is_cer;
  send(connection,
       (is_cer ? diameter::capabilities_answer(*message, self(), 2001) : diameter::short_answer(*message, self(), 2001)).write());
}

/// A CCR with the T flag that came before is its copy (RFC 6733 3): what is answered is the copy, as its Hop-by-Hop is new.
void ChargingSide::take_ccr(std::size_t connection, diameter::Message ccr, Octets octets) {
  auto request = ch2::read_request(ccr);
  require(request.has_value(), "the server sends a CCR that cannot be read");
  auto const before = std::ranges::find_if(asked_, [&](Asked const& asked) {
    return asked.ccr.header.end_to_end == ccr.header.end_to_end && asked.request.session_id == request->session_id &&
           asked.request.number == request->number;
  });
  trace::Event event{.channel = trace::Channel::ch2, .actor = "ocs", .party = request->subscriber, .octets = std::move(octets)};
  auto const id = journal_.record(std::move(event));
  if (before != asked_.end()) {
    before->ccr = std::move(ccr);
    before->connection = connection;
    before->event = id;
    before->at = journal_.clock().now();  // Tx runs again
  } else {
    asked_.push_front({std::move(ccr), std::move(*request), connection, id, journal_.clock().now()});
  }
  if (obeys_) answers({.which = before == asked_.end() ? 0 : static_cast<std::size_t>(before - asked_.begin())});
}

// What goes.

void ChargingSide::answers(How const& how) {
  if (asked_.empty()) return;
  Asked const& asked = asked_[how.which % asked_.size()];
  Duration const age = journal_.clock().now() - asked.at;
  if (age > tx - 1ms && age < tx + 1ms) return;  // on time or late is a matter of microseconds
  ch2::Answer answer;
  answer.result = how.result;
  answer.granted = how.granted ? how.granted : how.result == 2001 ? asked.request.requested : std::nullopt;
  answer.units_at = how.in_mscc ? ch2::UnitsAt::mscc : ch2::UnitsAt::command;
  if (how.other_session) answer.session_id = "im.ims.example;1;99";
  if (how.other_number) answer.number = asked.request.number + 1;
  last_answer_ = ch2::write_answer(answer, asked.ccr, self().origin_host, self().origin_realm).write();
  send(newest(), last_answer_);
}

void ChargingSide::repeats_answer() {
  if (!last_answer_.empty()) sends(last_answer_);
}

void ChargingSide::sends_watchdog() {
  sends(diameter::watchdog_request(self()).write());
}

void ChargingSide::sends_disconnect() {
  sends(diameter::disconnect_request(self(), 0).write());
  closes(false);
}

void ChargingSide::sends(Octets const& octets) {
  if (!connections_.empty()) send(newest(), octets);
}

void ChargingSide::closes(bool by_reset) {
  if (!has_peer()) return;
  ++disruptions_;
  auto& connection = connections_.back();
  connection.gone = true;
  if (by_reset)
    connection.stream->reset();
  else
    connection.stream->close();
}

void ChargingSide::send(std::size_t connection, Octets octets) {
  if (connections_[connection].gone) return;
  disruptions_ += journal_.mutates() ? 1 : 0;
  octets = journal_.mangled(Protocol::diameter, std::move(octets));
  connections_[connection].stream->send(octets);
  if (connections_[connection].is_broken) return;
  connections_[connection].out.append(octets);
  while (auto const cut = connections_[connection].out.next()) {
    connections_[connection].is_broken = cut->error.has_value();
    if (cut->error) return;
    note_sent(connection, cut->octets);
  }
}

/// An answer belongs to the request with its identifiers, on its connection, in its credit session, once, until Tx.
ChargingSide::Asked* ChargingSide::asked_by(diameter::Message const& cca, std::size_t connection) {
  auto const answer = ch2::read_answer(cca);
  if (!answer) return nullptr;
  for (auto& asked : asked_) {
    auto const& header = asked.ccr.header;
    if (header.end_to_end != cca.header.end_to_end || header.hop_by_hop != cca.header.hop_by_hop) continue;
    bool const refuses = answer->result / 1000 != 2 && !ch2::grants_delivery(*answer);  // may be short: RFC 6733 7.2
    bool const names_session = answer->session_id == asked.request.session_id || (refuses && answer->session_id.empty());
    bool const names_request = answer->number == asked.request.number || (refuses && !answer->number);
    bool const in_time = journal_.clock().now() < asked.at + tx;
    return connection == asked.connection && in_time && names_session && names_request ? &asked : nullptr;
  }
  return nullptr;
}

void ChargingSide::note_sent(std::size_t connection, Octets const& octets) {
  trace::Event event{.channel = trace::Channel::ch2, .direction = trace::Direction::sent, .actor = "ocs", .octets = octets};
  auto const message = diameter::Message::parse(octets);
  bool const is_cca = message && !message->header.is_request() && message->header.command == diameter::command_credit_control;
  auto* const asked = is_cca ? asked_by(*message, connection) : nullptr;
  if (asked == nullptr) {
    event.note = "answers nothing";
    journal_.record(std::move(event));
    return;
  }
  event.about = asked->event;
  event.party = asked->request.subscriber;
  event.repeats = asked->answer;
  auto const id = journal_.record(std::move(event));
  if (asked->answer == 0) asked->answer = id;
}

}  // namespace tollgate::fuzz
