#include "actors/charging_enabler/http_enabler.hpp"

#include <algorithm>
#include <deque>
#include <fmt/format.h>

#include "codec/ch2/document.hpp"
#include "codec/diameter/base_protocol.hpp"
#include "codec/diameter/dictionary.hpp"
#include "codec/stream_buffer.hpp"

namespace tollgate {

static constexpr std::string_view refused_messages = "messages over HTTP that were refused";

/// A request that has come and whose response goes out when those before it have (RFC 9112 9.3.2).
struct Owed {
  std::uint64_t request = 0;
  bool closes = false;  ///< the connection, after it
  CreditControl* by = nullptr;  ///< the case that answers it
  std::optional<Octets> response = {};
  Segments segments = {};
  std::function<void(bool is_out)> when_out = {};  ///< of a response that waits
};

/// Whoever waits for one of these to go out waits in vain.
static void never_out(std::deque<Owed>& owed) {
  for (auto& one : owed)
    if (auto const tell = std::exchange(one.when_out, nullptr)) tell(false);
}

struct HttpEnabler::Connection {
  std::uint64_t id = 0;
  std::unique_ptr<SegmentedStream> stream;
  ch2::HttpRequests requests;
  std::deque<Owed> owed;
  TimerId rest;          ///< of a message that has begun
  bool told_to_continue = false;  ///< its client, of that message
  bool is_last = false;  ///< nothing that follows on it is read (RFC 9112 9.6)
  bool ended = false;
};

HttpEnabler::HttpEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen, Recorder& peer_recorder)
    : ChargingEnabler(clock, network, ixit, listen, peer_recorder), later_(clock) {
  listener_->on_accept = [this](std::unique_ptr<Stream> stream) { accept(std::move(stream)); };
}

HttpEnabler::~HttpEnabler() {
  for (auto& [id, connection] : connections_) clock_.cancel(connection->rest);
}

std::int64_t HttpEnabler::date() const {
  return ixit_.started_at + std::chrono::floor<std::chrono::seconds>(clock_.now()).count();
}

void HttpEnabler::accept(std::unique_ptr<Stream> stream) {
  if (connections_.size() >= connections_max && !makes_room()) {
    auto ended = event_on(*stream, trace::Direction::sent, trace::Kind::closed);
    ended.note = fmt::format("reset: {} connections are busy already", connections_max);
    peer_recorder_.record_few(std::move(ended), "connections that found no room");
    return stream->reset();
  }
  auto const id = ++next_connection_;
  auto connection = std::make_unique<Connection>();
  connection->id = id;
  connection->stream = std::make_unique<SegmentedStream>(clock_, std::move(stream));
  connection->stream->on_octets = [this, id](std::string_view octets) { read(*connections_.at(id), octets); };
  connection->stream->on_closed = [this, id](std::string_view reason) {
    if (reason == closed_by_peer) notes_cut_off(*connections_.at(id));
    ends(*connections_.at(id), std::string(reason), trace::Direction::received);
    if (on_let_go) on_let_go();
  };
  connections_.emplace(id, std::move(connection));
}

/// Ends the connection that has been idle for longest; false where none is.
bool HttpEnabler::makes_room() {
  auto const idle = std::ranges::find_if(connections_, [](auto const& entry) {
    return !entry.second->ended && entry.second->owed.empty() && entry.second->requests.is_empty();
  });
  if (idle != connections_.end()) drop(*idle->second, "reset: idle, and another one came");
  return idle != connections_.end();
}

void HttpEnabler::drop(Connection& connection, std::string why) {
  connection.stream->reset();
  ends(connection, std::move(why), trace::Direction::sent);
}

void HttpEnabler::detach(CreditControl& credit_control) {
  ChargingEnabler::detach(credit_control);
  for (auto& [id, connection] : connections_) {
    for (auto& one : connection->owed)
      if (one.by == &credit_control) one.by = nullptr, one.when_out = nullptr;
  }
}

void HttpEnabler::counts_busy() {
  bool const was_most = busy_ == busy_most_;
  busy_ = static_cast<std::size_t>(
      std::ranges::count_if(connections_, [](auto const& entry) { return !entry.second->ended && !entry.second->owed.empty(); }));
  if (was_most || busy_ >= busy_most_) busy_most_until_ = clock_.now();
  busy_most_ = std::max(busy_most_, busy_);
}

bool HttpEnabler::may_have_held_up(Instant since) const {
  return !pipelines_ && busy_most_ > 0 && (busy_ == busy_most_ || busy_most_until_ >= since);
}

/// Nobody answers it any more; it is what the SUT has sent all the same.
void HttpEnabler::notes_cut_off(Connection const& connection) {
  auto const rest = connection.requests.rest();
  if (connection.ended || connection.is_last || trim(rest).empty()) return;
  auto event = event_on(*connection.stream, trace::Direction::received);
  event.is_http = true;
  event.octets = rest;
  event.note = "the connection ended before the request was complete (RFC 9112 8)";
  peer_recorder_.record_few(std::move(event), refused_messages);
}

/// Concerns the cases whose answers it takes along; nobody else: the next request comes on another connection.
void HttpEnabler::ends(Connection& connection, std::string why, trace::Direction by) {
  if (std::exchange(connection.ended, true)) return;
  clock_.cancel(connection.rest);
  auto ended = event_on(*connection.stream, by, trace::Kind::closed);
  ended.note = std::move(why);
  std::vector<CreditControl*> concerned;
  for (auto const& one : connection.owed)
    if (one.by != nullptr && std::ranges::find(concerned, one.by) == concerned.end()) concerned.push_back(one.by);
  never_out(connection.owed);
  counts_busy();
  if (concerned.empty())
    peer_recorder_.record_few(std::move(ended), "ends of connections that owed no case an answer");
  else
    tell_end(ended, concerned);
  later_.post([this, id = connection.id] { connections_.erase(id); });  // not inside the stream's own call
}

std::size_t HttpEnabler::unread() const {
  std::size_t out = 0;
  for (auto const& [id, connection] : connections_) out += connection->requests.rest().size();
  return out;
}

void HttpEnabler::closes(bool reset) {
  for (auto& [id, connection] : connections_) {
    if (connection->ended) continue;
    if (reset)
      connection->stream->reset();
    else
      connection->stream->close();
    ends(*connection, reset ? "reset by us" : "closed by us", trace::Direction::sent);
  }
}

/// Behind the last request that is read nothing is kept, however long its response is owed.
void HttpEnabler::read(Connection& connection, std::string_view octets) {
  if (connection.ended || connection.is_last) return;
  connection.requests.append(octets);
  while (!connection.ended && !connection.is_last) {
    auto cut = connection.requests.next();
    if (!cut) return await_rest(connection);
    clock_.cancel(std::exchange(connection.rest, {}));
    connection.told_to_continue = false;
    // Where the next message would begin nobody can say.
    if (cut->error) return refuse(connection, std::move(cut->octets), ch2::status_of(*cut->error), describe(*cut->error), true);
    take(connection, std::move(cut->octets));
    if (connection.owed.size() > owed_max || connection.stream->unsent() > unsent_max)
      return drop(connection, std::string(reads_no_answers));
  }
}

/// A slow client holds up nobody, and not for ever: from the first octet of a message, whatever follows.
void HttpEnabler::await_rest(Connection& connection) {
  constexpr unsigned request_timeout = 408;
  if (connection.requests.is_empty()) return;
  tell_to_continue(connection);
  if (connection.rest != TimerId()) return;
  connection.rest = clock_.after(patience, [this, id = connection.id] {
    auto const found = connections_.find(id);
    if (found == connections_.end() || found->second->ended) return;
    auto came = Octets(found->second->requests.rest());
    refuse(*found->second, std::move(came), request_timeout, "the request was not complete after 10 s (RFC 9110 15.5.9)", true);
  });
}

/// Once, and behind every response that is owed before (RFC 9110 10.1.1, 15.2).
void HttpEnabler::tell_to_continue(Connection& connection) {
  if (connection.told_to_continue || !connection.owed.empty() || !connection.requests.awaits_continue()) return;
  connection.told_to_continue = true;
  connection.stream->send("HTTP/1.1 100 Continue\r\n\r\n", {});
}

/// In origin-form or absolute-form (RFC 9112 3.2.1, 3.2.2), whose scheme is written in any case (RFC 3986 3.1).
static bool is_ours(std::string_view target) {
  auto const scheme = target.find("://");
  if (scheme != std::string_view::npos && (iequals(target.substr(0, scheme), "http") || iequals(target.substr(0, scheme), "https")))
    target = target.substr(std::min(target.find('/', scheme + 3), target.size()));
  return target == ch2::default_target;
}

void HttpEnabler::take(Connection& connection, Octets octets) {
  constexpr unsigned bad_request = 400, not_found = 404, method_not_allowed = 405, unsupported_type = 415;
  auto const http = ch2::parse_http(octets);
  if (!http) return refuse(connection, std::move(octets), ch2::status_of(http.error()), describe(http.error()), true);
  bool const closes = !http->keeps_alive;
  if (!http->is_request) return refuse(connection, std::move(octets), bad_request, "a response where a request stands", true);
  if (!http->has_host) return refuse(connection, std::move(octets), bad_request, "no Host, or more than one", true);
  if (!is_ours(http->target))
    return refuse(connection, std::move(octets), not_found,
                  fmt::format("nothing is at {}; POST to {}", printable(http->target, 60), ch2::default_target), closes);
  // The response to another method may have no body (RFC 9110 9.3.2): nothing follows it here.
  if (http->method != "POST") return refuse(connection, std::move(octets), method_not_allowed, "an EventRequest is POSTed", true);
  if (http->content_type != ch2::content_type)
    return refuse(connection, std::move(octets), unsupported_type, "Content-Type is not application/xml", closes);
  if (!http->content_encoding.empty())
    return refuse(connection, std::move(octets), unsupported_type, "a Content-Encoding that nothing here undoes", closes);
  auto ccr = ch2::read_document(http->body);
  auto request = ccr ? ch2::read_request(*ccr) : Parsed<ch2::Request>(std::unexpected(ccr.error()));
  if (!request || !ccr->header.is_request()) {
    auto const why = request ? "a Response where an EventRequest stands" : describe(request.error());
    return refuse(connection, std::move(octets), bad_request, why, closes);
  }
  auto event = event_on(*connection.stream, trace::Direction::received);
  event.octets = std::move(octets);
  auto path = owes(connection, closes);
  auto const number = next_request_;
  auto* const by = route(std::move(*ccr), std::move(*request), std::move(event), std::move(path));
  if (auto const one = std::ranges::find(connection.owed, number, &Owed::request); one != connection.owed.end()) one->by = by;
}

AnswerPath HttpEnabler::owes(Connection& connection, bool closes) {
  auto const request = ++next_request_;
  connection.owed.push_back({.request = request, .closes = closes});
  pipelines_ |= connection.owed.size() > 1;
  counts_busy();
  connection.is_last |= closes;
  auto const write = [this, closes](diameter::Message const& message) {
    constexpr unsigned ok = 200, cannot = 500;
    auto const document = ch2::write_document(message);
    return document ? ch2::write_response(ok, *document, !closes, date()) : ch2::write_response(cannot, "", !closes);
  };
  auto const send = [this, id = connection.id, request](Octets const& octets, Segments segments) {
    auto const found = connections_.find(id);
    if (found == connections_.end() || found->second->ended) return false;
    auto const is_owed = [&](Owed const& one) { return one.request == request && !one.response; };
    if (std::ranges::none_of(found->second->owed, is_owed)) return false;
    answer(id, request, octets, segments);
    return true;
  };
  auto const waiting = [this, id = connection.id, request]() -> Owed* {
    auto const found = connections_.find(id);
    if (found == connections_.end() || found->second->ended) return nullptr;
    auto const one = std::ranges::find(found->second->owed, request, &Owed::request);
    return one == found->second->owed.end() ? nullptr : &*one;
  };
  return {.write = write,
          .send = send,
          .waits = [waiting] { return waiting() != nullptr; },
          .when_out =
              [waiting](std::function<void(bool)> tell) {
                if (auto* const one = waiting()) one->when_out = std::move(tell);
              }};
}

void HttpEnabler::answer(std::uint64_t id, std::uint64_t request, Octets octets, Segments segments) {
  Connection& connection = *connections_.at(id);
  auto& owed = connection.owed;
  auto const one = std::ranges::find(owed, request, &Owed::request);
  one->response = std::move(octets);
  one->segments = segments;
  if (one == owed.begin()) send_first(connection);
}

/// What follows it goes out when it is in the trace.
void HttpEnabler::send_first(Connection& connection) {
  auto& owed = connection.owed;
  auto const first = std::move(owed.front());
  owed.pop_front();
  counts_busy();
  connection.stream->send(*first.response, first.segments);
  if (first.when_out) first.when_out(true);
  bool const is_next_ready = !owed.empty() && owed.front().response;
  if (!first.closes && !is_next_ready) return tell_to_continue(connection);
  later_.post([this, id = connection.id, closes = first.closes] {
    auto const found = connections_.find(id);
    if (found == connections_.end() || found->second->ended) return;
    if (!closes) return send_first(*found->second);
    found->second->stream->close();
    ends(*found->second, "closed by us after the last response", trace::Direction::sent);
  });
}

/// `octets` are those that came, if any did. Belongs to no case.
void HttpEnabler::refuse(Connection& connection, Octets octets, unsigned status, std::string const& why, bool closes) {
  constexpr std::uint32_t unable_to_comply = 5012;
  auto event = event_on(*connection.stream, trace::Direction::received);
  event.is_http = true;
  event.octets = std::move(octets);
  event.note = why;
  auto const about = peer_recorder_.record_few(std::move(event), refused_messages);
  diameter::Message response;
  response.header = {
      .flags = diameter::flag_error, .command = diameter::command_credit_control, .application = diameter::application_credit_control};
  response.avps = {diameter::make("Origin-Host", Octets(ixit_.origin_host)), diameter::make("Origin-Realm", Octets(ixit_.origin_realm)),
                   diameter::make("Result-Code", unable_to_comply), diameter::make("Error-Message", Octets(why))};
  auto const path = owes(connection, closes);
  auto answered = event_on(*connection.stream, trace::Direction::sent);
  answered.octets = ch2::write_response(status, ch2::write_document(response).value_or(""), !closes, date());
  answered.about = about;
  if (path.send(answered.octets, {}) && about != 0) peer_recorder_.record(std::move(answered));
}

}  // namespace tollgate
