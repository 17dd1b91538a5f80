#include "refserver/http_link.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "codec/ch2/document.hpp"
#include "codec/ch2/http.hpp"
#include "refserver/diameter_link.hpp"

namespace tollgate::refserver {

/// One connection.
struct HttpLink::Exchange {
  std::unique_ptr<Stream> stream;
  StreamBuffer buffer{ch2::frame_http};
  std::optional<diameter::Header> asked;  ///< what it waits for the answer to
  bool has_ended = false;
};

HttpLink::HttpLink(Clock& clock, Network& network, Config const& config)
    : clock_(clock), network_(network), config_(config), later_(clock) {}

HttpLink::~HttpLink() {
  clock_.cancel(reconnect_);
}

/// Null where each is busy, and there may be no more of them.
HttpLink::Exchange* HttpLink::idle_one() {
  auto const idle = std::ranges::find_if(exchanges_, [](auto const& one) { return !one->asked && !one->has_ended; });
  if (idle != exchanges_.end()) return idle->get();
  auto const most = config_.charging_connections;
  if (most > 0 && std::ranges::count_if(exchanges_, [](auto const& one) { return !one->has_ended; }) >= std::ptrdiff_t{most})
    return nullptr;
  auto& fresh = *exchanges_.emplace_back(std::make_unique<Exchange>());
  fresh.stream = network_.connect(config_.sip.host, config_.charging_enabler);
  fresh.stream->on_octets = [this, &fresh](std::string_view octets) { read(fresh, octets); };
  fresh.stream->on_closed = [this, &fresh](std::string_view) { lost(fresh); };
  return &fresh;
}

/// A request that no document can say is not sent: only a fault makes one.
void HttpLink::send(diameter::Message const& message) {
  auto const document = ch2::write_document(message);
  if (!document) return;
  auto* const exchange = idle_one();
  if (exchange == nullptr) return waiting_.push_back(message);
  exchange->asked = message.header;
  bool const keeps_alive = !config_.charging_closes;
  exchange->stream->send(ch2::write_post(ch2::default_target, config_.charging_enabler.text(), *document, keeps_alive));
}

void HttpLink::send_waiting() {
  if (waiting_.empty()) return;
  later_.post([this] {
    for (auto& message : std::exchange(waiting_, {})) send(message);
  });
}

void HttpLink::read(Exchange& exchange, std::string_view octets) {
  exchange.buffer.append(octets);
  while (!exchange.has_ended) {
    auto const cut = exchange.buffer.next();
    if (!cut) return;
    auto const response = cut->error ? Parsed<ch2::HttpMessage>(std::unexpected(*cut->error)) : ch2::parse_http(cut->octets);
    if (response && response->status / 100 == 1) continue;  // the answer is still to come (RFC 9110 15.2)
    if (!response || !exchange.asked) {  // nothing that follows could be told from it
      exchange.stream->close();
      return lost(exchange);
    }
    auto const asked = *std::exchange(exchange.asked, std::nullopt);
    if (!response->keeps_alive) {
      exchange.stream->close();
      forget(exchange);
    }
    send_waiting();
    auto answer = ch2::read_document(response->body);
    if (!answer || answer->header.is_request()) continue;  // and Tx passes
    answer->header.hop_by_hop = asked.hop_by_hop;
    answer->header.end_to_end = asked.end_to_end;
    on_answer(*answer);
  }
}

void HttpLink::lost(Exchange& exchange) {
  auto const asked = std::exchange(exchange.asked, std::nullopt);
  forget(exchange);
  send_waiting();
  if (!asked) return;
  on_lost(asked->hop_by_hop);
  if (!std::exchange(is_open_, false)) return;  // the others will be asked again with this one
  reconnect_ = clock_.after(config_.timers.reconnect, [this] {
    is_open_ = true;
    on_open();
  });
}

void HttpLink::forget(Exchange& exchange) {
  if (std::exchange(exchange.has_ended, true)) return;
  later_.post([this, ended = &exchange] { std::erase_if(exchanges_, [&](auto const& one) { return one.get() == ended; }); });
}

std::unique_ptr<ChargingLink> make_link(Clock& clock, Network& network, Config const& config) {
  if (config.binding == ch2::Binding::http) return std::make_unique<HttpLink>(clock, network, config);
  return std::make_unique<DiameterLink>(clock, network, config);
}

}  // namespace tollgate::refserver
