#include "fuzz/disorder/msrp_side.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "codec/msrp/views.hpp"
#include "fuzz/support/target.hpp"

namespace tollgate::fuzz {

MsrpSide::MsrpSide(Journal& journal, Network& network, std::string user, std::string party)
    : journal_(journal), network_(network), user_(std::move(user)), party_(std::move(party)), listener_(network.listen({"127.0.0.1", 0})),
      own_path_(fmt::format("msrp://{}/{};tcp", listener_->local().text(), user_)) {
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { adopt(std::move(stream)); };
}

sdp::MsrpMedia MsrpSide::answer(sdp::Setup setup) const {
  sdp::MsrpMedia media;
  media.address = "127.0.0.1";
  media.port = listener_->local().port;
  media.path = {own_path_};
  media.setup = setup;
  media.accept_types = {"message/cpim", "text/plain"};
  media.accept_wrapped_types = {"*"};
  media.direction = sdp::Direction::recvonly;
  return media;
}

trace::Event MsrpSide::event(trace::Direction direction, Octets octets) const {
  return {.channel = trace::Channel::msrp, .direction = direction, .actor = user_, .party = party_, .octets = std::move(octets)};
}

std::size_t MsrpSide::back(std::size_t from_newest) const {
  return connections_.size() - 1 - from_newest % connections_.size();
}

// Connections.

void MsrpSide::adopt(std::unique_ptr<Stream> stream) {
  constexpr auto frame = [](std::string_view octets) { return msrp::frame(octets); };
  auto const id = connections_.size();
  stream->on_octets = [this, id](std::string_view octets) { read(id, octets); };
  stream->on_closed = [this, id](std::string_view) {
    connections_[id].gone = true;
    note_closed(trace::Direction::received);
  };
  connections_.push_back({std::move(stream), StreamBuffer(frame), StreamBuffer(frame)});
}

void MsrpSide::note_closed(trace::Direction direction) {
  auto closed = event(direction, {});
  closed.kind = trace::Kind::closed;
  journal_.record(std::move(closed));
}

void MsrpSide::connects(sdp::MsrpMedia const& offer) {
  auto const uri = msrp::parse_uri(offer.path.front());
  require(uri && uri->port, "the server offers a path that leads nowhere");
  adopt(network_.connect("127.0.0.1", {std::string(uri->host), *uri->port}));
}

void MsrpSide::closes(std::size_t connection, bool by_reset) {
  if (connections_.empty() || connections_[back(connection)].gone) return;
  auto& closing = connections_[back(connection)];
  closing.gone = true;
  if (by_reset)
    closing.stream->reset();
  else
    closing.stream->close();
  note_closed(trace::Direction::sent);
}

// What comes.

void MsrpSide::read(std::size_t connection, std::string_view octets) {
  connections_[connection].in.append(octets);
  while (auto cut = connections_[connection].in.next()) {
    require(!cut->error, "the server sends what is no MSRP message");
    take(connection, std::move(cut->octets));
  }
}

void MsrpSide::take(std::size_t connection, Octets octets) {
  auto const message = msrp::Message::parse(octets);
  require(message.has_value(), "the server sends an MSRP message that cannot be read");
  auto const id = journal_.record(event(trace::Direction::received, std::move(octets)));
  if (message->method() == "SEND")
    asked_.push_front({std::string(message->transaction_id()), std::string(message->value("From-Path").value_or("")), connection, id});
}

// What goes.

void MsrpSide::sends(std::size_t connection, std::string_view to_path, std::string_view content) {
  if (connections_.empty()) return;
  auto send_request = msrp::Message::request(fmt::format("{}{:04}", user_, ++number_), "SEND");
  send_request.add("To-Path", to_path).add("From-Path", own_path_).add("Message-ID", fmt::format("{}m{:04}", user_, number_));
  send_request.add("Byte-Range", fmt::format("1-{}/{}", content.size(), content.size()));
  if (!content.empty()) send_request.add("Content-Type", "text/plain").set_body(content);
  send(back(connection), send_request.write());
}

void MsrpSide::answers(std::size_t which, int status, std::size_t other_connection, bool other_transaction) {
  if (asked_.empty()) return;
  auto const& asked = asked_[which % asked_.size()];
  auto response = msrp::Message::response(asked.transaction_id + (other_transaction ? "x" : ""), status);
  response.add("To-Path", asked.from_path).add("From-Path", own_path_);
  send(other_connection == 0 ? asked.connection : back(other_connection - 1), response.write());
}

void MsrpSide::sends_octets(std::size_t connection, Octets octets) {
  if (!connections_.empty()) send(back(connection), std::move(octets));
}

void MsrpSide::send(std::size_t connection, Octets octets) {
  if (connections_[connection].gone) return;
  octets = journal_.mangled(Protocol::msrp, std::move(octets));
  connections_[connection].stream->send(octets);
  if (connections_[connection].is_broken) return;
  connections_[connection].out.append(octets);
  while (auto const cut = connections_[connection].out.next()) {
    connections_[connection].is_broken = cut->error.has_value() || !msrp::Message::parse(cut->octets);
    if (connections_[connection].is_broken) return;
    note_sent(connection, cut->octets);
  }
}

/// A response counts for the SEND with its transaction id on its connection, once (RFC 4975 7.2).
void MsrpSide::note_sent(std::size_t connection, Octets const& octets) {
  auto const message = msrp::Message::parse(octets);
  auto noted = event(trace::Direction::sent, octets);
  if (!message->is_request()) {
    auto const asked = std::ranges::find_if(asked_, [&](Asked const& one) {
      return one.connection == connection && one.transaction_id == message->transaction_id() && !one.answered;
    });
    if (asked == asked_.end())
      noted.party.clear();
    else {
      noted.about = asked->event;
      asked->answered = true;
    }
  }
  journal_.record(std::move(noted));
}

}  // namespace tollgate::fuzz
